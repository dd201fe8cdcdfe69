"""What a customer sees of a sign-in: pages, and the mailbox that their mails go to."""
