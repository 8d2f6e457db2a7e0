"""Problems: what to learn, from which data, scored how."""
