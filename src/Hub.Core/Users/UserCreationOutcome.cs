namespace JupyterHub.Core.Users;

/// <summary>What became of a request to make a user.</summary>
internal enum UserCreationOutcome
{
    Created,
    Exists,
    InvalidName,
}
