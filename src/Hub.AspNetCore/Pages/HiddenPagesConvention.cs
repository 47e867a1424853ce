using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Keeps the hub's pages out of the platform's routing, which ignores case and slashes: only <see cref="PageRunner"/> reaches them.</summary>
internal sealed class HiddenPagesConvention : IPageRouteModelConvention
{
    public void Apply(PageRouteModel model)
    {
        if (model.AreaName != PageRunner.Area)
        {
            return;
        }

        foreach (var selector in model.Selectors)
        {
            if (selector.AttributeRouteModel is { } route)
            {
                route.SuppressPathMatching = true;
            }
        }
    }
}
