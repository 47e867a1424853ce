using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Whole;

/// <summary>Finds what no page of the hub has, and what would be there if any of the hostile texts had become more than text.</summary>
internal static class HostileElements
{
    /// <summary>A script of the texts calls this; it is told as an error of the page.</summary>
    public const string Trap = "window.alert = () => { window.hasRun = true; console.error('A hostile script has run.'); };";

    private const string Search = """
        () => {
            const found = [];
            const addresses = ['href', 'src', 'action', 'formaction', 'data', 'srcdoc', 'content', 'poster', 'xlink:href'];
            for (const element of document.querySelectorAll('*')) {
                const tell = why => found.push(why + ': ' + element.outerHTML.slice(0, 200));
                if (['svg', 'math', 'style', 'base', 'iframe', 'object', 'embed', 'frame', 'template'].includes(element.localName)) { tell('element'); }
                if (element.localName === 'script' && (!element.src || new URL(element.src).origin !== location.origin)) { tell('script'); }
                if (element.localName === 'img' && new URL(element.src, location).origin + new URL(element.src, location).pathname !== location.origin + '/hub/logo'
                    && !new URL(element.src, location).pathname.startsWith('/hub/static/')) { tell('picture'); }
                if (element.localName === 'meta' && element.httpEquiv && !element.closest('noscript')) { tell('meta'); }
                for (const { name, value } of element.attributes) {
                    if (/^on/i.test(name)) { tell('handler'); }
                    if (name === 'style') { tell('style'); }
                    if (addresses.includes(name) && /^[\s\u0000-\u001f]*(javascript|data|vbscript):/i.test(value)) { tell('address'); }
                    if (['href', 'src', 'action'].includes(name) && new URL(value, location).hostname.endsWith('evil.example')) { tell('elsewhere'); }
                }
            }
            if (document.title.length === 0) { found.push('no title'); }
            if (window.hasRun) { found.push('a script has run'); }
            return found;
        }
        """;

    private const string Shown = """
        texts => {
            const fields = [...document.querySelectorAll('main input, main textarea, main option')].map(field => field.value + ' ' + (field.label ?? '') + ' ');
            const all = (document.querySelector('main')?.textContent ?? '') + fields.join(' ');
            return texts.filter(text => all.includes(text) || all.includes(text.replaceAll('/', '\\'))).length;
        }
        """;

    public static Task<string[]> FindAsync(IPage page) => page.EvaluateAsync<string[]>(Search);

    /// <summary>How many of the texts the page shows, as text.</summary>
    public static Task<int> CountAsync(IPage page, IEnumerable<string> texts) => page.EvaluateAsync<int>(Shown, texts.ToArray());
}
