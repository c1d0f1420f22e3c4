// Which models hold a word? Read by a search of today, which looks at those alone; the words are runs of letters, lower-cased.
CREATE FULLTEXT INDEX fulltext_ModelRef_text IF NOT EXISTS FOR (node:ModelRef) ON EACH [node.key, node.purpose, node.owner]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'simple'}}
