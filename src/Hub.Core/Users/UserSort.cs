namespace JupyterHub.Core.Users;

/// <summary>By what a listing of users is sorted.</summary>
internal enum UserSort
{
    Id,
    Name,
    LastActivity,
}
