print("aichat-tui")
