namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>The buttons of one server; shown by <c>_AdminServer</c>.</summary>
/// <param name="UserName">Whose server it is, for who hears the buttons without seeing the row.</param>
/// <param name="Server">The server.</param>
/// <param name="ShowsDelete">True where there is room for what is rarely done.</param>
internal sealed record AdminServerButtons(string UserName, AdminServerView Server, bool ShowsDelete = false);
