using System.Security.Cryptography;
using System.Text;
using JupyterHub.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages.Once;

/// <summary>
/// Forms whose answer shows something once, so that it cannot be a redirect: sent once more, by a reload or a second click, they do nothing.
/// </summary>
/// <remarks>
/// Each form that is shown has a number of its own. What is kept is the user with everything that was sent: the same form with other contents is a
/// new order, as after a step back. It is kept in memory, for the latest few thousand forms: what a restart forgets is a mishap, no breach.
/// </remarks>
internal sealed class SentForms
{
    public const string Field = "form_number";

    private const int MostUsers = 2_000;
    private const int MostOfUser = 20;

    private readonly Lock gate = new();
    private readonly Dictionary<string, List<string>> users = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    public static string NewNumber() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>True, and nothing is done, where the same form was sent before; else does what it asks for.</summary>
    /// <param name="request">Carries the form. One without a number is no form of a page, and always new.</param>
    /// <param name="order">Its result is false where nothing was done after all: then the form may be sent again.</param>
    public async Task<bool> IsRepeatedAsync(HubRequest request, Func<Task<bool>> order)
    {
        var form = await request.FormAsync();
        if (string.IsNullOrEmpty(form[Field]))
        {
            await order();
            return false;
        }

        var (user, digest) = (request.Known.Name, Digest(form));
        if (!Keep(user, digest))
        {
            return true;
        }

        var isDone = false;
        try
        {
            isDone = await order();
        }
        finally
        {
            if (!isDone)
            {
                Forget(user, digest);
            }
        }

        return false;
    }

    private bool Keep(string user, string digest)
    {
        lock (gate)
        {
            if (!users.TryGetValue(user, out var sent))
            {
                users[user] = sent = [];
                order.Enqueue(user);
                if (order.Count > MostUsers)
                {
                    users.Remove(order.Dequeue());
                }
            }

            if (sent.Contains(digest))
            {
                return false;
            }

            sent.Add(digest);
            if (sent.Count > MostOfUser)
            {
                sent.RemoveAt(0);
            }

            return true;
        }
    }

    private void Forget(string user, string digest)
    {
        lock (gate)
        {
            users.GetValueOrDefault(user)?.Remove(digest);
        }
    }

    /// <summary>The session's own token is not part of what was ordered, and may have changed.</summary>
    private static string Digest(IFormCollection form)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, values) in form.Where(field => field.Key != "_xsrf").OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            foreach (var value in values)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{name.Length}:{name}{value?.Length}:{value}"));
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
