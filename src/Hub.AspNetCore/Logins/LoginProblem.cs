using JupyterHub.AspNetCore.Pages.Texts;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>A redirect login that failed, for the sign-in page that is shown instead.</summary>
/// <param name="Failure">Why.</param>
/// <param name="Login">What its button is called.</param>
/// <param name="Next">Where the person wanted to go.</param>
internal sealed record LoginProblem(LoginFailure Failure, string Login, string? Next)
{
    public string Text(PageTexts texts) => Failure switch
    {
        LoginFailure.Denied => texts["The sign-in with {0} was cancelled or refused there.", Login],
        LoginFailure.Expired => texts["The sign-in with {0} took too long, or was begun in another window or browser. Try again.", Login],
        LoginFailure.Unavailable => texts["{0} cannot be reached at the moment. Try again later.", Login],
        LoginFailure.NameTaken => texts["You are known at {0}, but your name belongs to somebody else here. Ask the administrator of this hub.", Login],
        LoginFailure.NameInvalid => texts["{0} gave no name that can be used here. Ask the administrator of this hub.", Login],
        LoginFailure.NotAllowed => texts["You are known at {0}, but not on the list of this hub's users. Ask its administrator.", Login],
        _ => texts["What {0} answered cannot be accepted. If this happens again, tell the administrator of this hub.", Login],
    };
}
