using System.Globalization;
using System.Numerics;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Configuration;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>Which part of a listing is asked for (contract 1.9).</summary>
/// <param name="Offset">Items to leave out at the beginning.</param>
/// <param name="Limit">Most items to give.</param>
/// <param name="IsWrapped">True if the client asked for the form that tells how to go on.</param>
internal sealed record PageRequest(int Offset, int Limit, bool IsWrapped)
{
    public const string MediaType = "application/jupyterhub-pagination+json";

    /// <exception cref="HubHttpException">400: a number that is none.</exception>
    public static PageRequest Of(HubRequest request)
    {
        var options = request.Get<JupyterHubOptions>();
        var isWrapped = request.Http.Request.Headers.Accept.ToString().Split(',')
            .Any(value => value.Trim().Equals(MediaType, StringComparison.OrdinalIgnoreCase));
        var limit = Number(request.Query("limit")) ?? (isWrapped ? options.ApiPageDefaultLimit : options.ApiPageMaxLimit);
        return new PageRequest(Number(request.Query("offset")) ?? 0, Math.Clamp(limit, 1, options.ApiPageMaxLimit), isWrapped);
    }

    /// <summary>Signs do not count, and what is larger than any listing is as good as the largest number.</summary>
    private static int? Number(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Length > 64 || !BigInteger.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number))
        {
            throw HubHttpException.BadRequest("Invalid argument type, offset and limit must be integers");
        }

        return (int)BigInteger.Min(BigInteger.Abs(number), int.MaxValue);
    }
}
