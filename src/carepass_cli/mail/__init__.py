"""Letters and their delivery: made from templates, sent over SMTP or laid into a folder. No database."""
