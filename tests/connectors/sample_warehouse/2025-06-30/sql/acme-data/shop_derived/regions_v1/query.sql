{% set regions = ["north", "south"] %}
{% for region in regions %}
SELECT "{{ region }}" AS region, * FROM `acme-data.{{ region }}_stable.orders_v1`
{% if not loop.last %} UNION ALL {% endif %}
{% endfor %}
