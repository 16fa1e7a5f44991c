namespace daybook {}
