namespace JupyterHub.IntegrationTests.Harness;

/// <summary>Cookies as a browser keeps them: by name and path, the most special path first.</summary>
internal sealed class CookieJar
{
    private readonly List<Cookie> cookies = [];

    public CookieJar()
    {
    }

    /// <summary>What somebody holds who copied all cookies before they were taken away.</summary>
    public CookieJar(CookieJar original) => cookies = [.. original.cookies];

    public IReadOnlyList<Cookie> All => cookies;

    /// <summary>The cookie that a page at this path sees first.</summary>
    public Cookie? Find(string path, string name) => For(path).FirstOrDefault(cookie => cookie.Name == name);

    public string HeaderFor(string path) => string.Join("; ", For(path).Select(cookie => $"{cookie.Name}={cookie.Value}"));

    public void Store(string header, string requestPath)
    {
        var cookie = Cookie.Parse(header, requestPath);
        cookies.RemoveAll(old => old.Name == cookie.Name && old.Path == cookie.Path);
        if (!cookie.IsGone)
        {
            cookies.Add(cookie);
        }
    }

    private IEnumerable<Cookie> For(string path) =>
        cookies.Where(cookie => !cookie.IsGone && cookie.Matches(path)).OrderByDescending(cookie => cookie.Path.Length);
}
