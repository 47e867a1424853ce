namespace JupyterHub.Pages.Tests.Browsing;

/// <summary>Questions that only the browser can answer.</summary>
internal static class Scripts
{
    private const string Describe = """
        const describe = element => element.dataset.stop ??= String(document.querySelectorAll('[data-stop]').length) + ' '
            + element.tagName.toLowerCase() + (element.id ? '#' + element.id : '') + ' ' + (element.name ?? '') + ' ' + element.textContent.trim().slice(0, 30);
        """;

    /// <summary>What Tab should reach, in the order of the document; of radio buttons with one name the chosen one, or the first.</summary>
    public const string Focusable = "() => {" + Describe + """
        const isShown = element => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]');
        const isStop = element => {
            if (element.disabled || element.tabIndex < 0 || element.type === 'hidden' || !isShown(element)) { return false; }
            if (element.type !== 'radio') { return true; }
            const group = [...document.getElementsByName(element.name)].filter(other => other.form === element.form && !other.disabled);
            return element === (group.find(other => other.checked) ?? group[0]);
        };
        return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(isStop).map(describe);
    }
    """;

    /// <summary>What has the focus, if it can be seen, and its type.</summary>
    public const string Focused = "() => {" + Describe + """
        const element = document.activeElement;
        const style = getComputedStyle(element);
        const isMarked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
        return [isMarked || element.type === 'file' ? describe(element) : 'no mark of focus on ' + describe(element), String(element.type)];
    }
    """;

    /// <summary>What axe-core, which has to be there, objects to.</summary>
    public const string Violations = """
        async () => {
            const result = await axe.run(document, { resultTypes: ['violations'] });
            return result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id} (${rule.help}): ${node.html}`));
        }
        """;
}
