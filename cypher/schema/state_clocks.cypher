// Which former states were so at a date, as believed now? Read from the index alone: an inventory looks at no other state.
CREATE INDEX index_State_recorded_to_valid_to_valid_from IF NOT EXISTS FOR (state:State) ON (state.recorded_to, state.valid_to, state.valid_from)
