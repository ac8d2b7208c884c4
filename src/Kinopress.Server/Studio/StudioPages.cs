using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kinopress.Server.Studio;

/// <summary>Short hands for answers of Studio.</summary>
internal static class StudioPages
{
    public static RazorComponentResult Show<TPage>(object view, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new RazorComponentResult<TPage>(new Dictionary<string, object?>(StringComparer.Ordinal) { ["View"] = view })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    /// <summary>Back to where the form was, if that is a page of Studio.</summary>
    public static RedirectHttpResult Back(string? returnTo, string otherwise, string done, string? publicId)
    {
        var target = returnTo is not null && returnTo.StartsWith("/studio", StringComparison.Ordinal) && returnTo.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0 && !returnTo.Contains('\\', StringComparison.Ordinal) ? returnTo : otherwise;
        return TypedResults.LocalRedirect(StudioToasts.With(target, done, publicId));
    }
}
