using System.Text;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Security;
using Kinopress.Themes;
using Microsoft.AspNetCore.Antiforgery;

namespace Kinopress.Server.Site;

/// <summary>Draws a page: the drops every page has, around those of its own.</summary>
internal sealed class PageRenderer(
    ThemeFace theme, SiteSettings settings, LiveNavigation lives, AccountQueries accounts, CurrentCaller current, IAntiforgery antiforgery, IHttpContextAccessor accessor)
{
    /// <param name="drops">The page's own; may replace the common ones.</param>
    public async Task<IResult> RenderAsync(PageHead page, IReadOnlyDictionary<string, object?> drops, CancellationToken cancellationToken)
    {
        var context = accessor.HttpContext ?? throw new InvalidOperationException("Pages are drawn for a request.");
        var site = await settings.GetAsync(cancellationToken);
        Dictionary<string, object?> all = new(drops, StringComparer.Ordinal)
        {
            ["site"] = new Drop
            {
                ["name"] = site.Name,
                ["tagline"] = site.Tagline,
                ["description"] = site.Tagline,
                ["language"] = site.Language,
                ["registration_open"] = site.RegistrationOpen,
                ["version"] = ProductVersion.Text,
            },
            ["viewer"] = await ViewerAsync(context, page, cancellationToken),
            ["page"] = new Drop
            {
                ["title"] = page.Title,
                ["description"] = page.Description,
                ["kind"] = page.Kind,
                ["path"] = context.Request.Path.Value,
                ["canonical_url"] = page.Status == StatusCodes.Status200OK ? Absolute(context, context.Request.Path) : null,
                ["image_url"] = page.ImageUrl is null ? null : Absolute(context, page.ImageUrl),
                ["noindex"] = page.IsHiddenFromSearch || page.Status != StatusCodes.Status200OK,
                ["is_later"] = page.IsLater,
            },
            ["nav"] = new Drop { ["search"] = null, ["live"] = await LiveAsync(cancellationToken) },
        };
        var html = theme.Render(page.Template, new ThemeContext { Layout = page.Layout, Locale = site.Language, Drops = all }, cancellationToken);
        return TypedResults.Text(html, "text/html; charset=utf-8", Encoding.UTF8, page.Status);
    }

    /// <summary>An address other sites and copied links can use.</summary>
    public static string Absolute(HttpContext context, string path) =>
        path.StartsWith('/') ? $"{context.Request.Scheme}://{context.Request.Host}{path}" : path;

    private async Task<Drop?> LiveAsync(CancellationToken cancellationToken) =>
        await lives.FindFirstAsync(cancellationToken) is { } first ? new Drop { ["url"] = LivesPage.Path, ["is_on_air"] = first.IsOnAir } : null;

    private async Task<Drop> ViewerAsync(HttpContext context, PageHead page, CancellationToken cancellationToken)
    {
        var account = current.Caller.IsSignedIn ? await accounts.GetAccountAsync(current.Caller, cancellationToken) : null;
        var tokens = account is not null || page.HasForm ? antiforgery.GetAndStoreTokens(context) : null;
        return new Drop
        {
            ["signed_in"] = account is not null,
            ["name"] = account?.Name,
            ["initials"] = account is null ? null : Initials.Of(account.Name),
            ["can_use_studio"] = current.Caller.May(Capability.ManageOwnVideos),
            ["account_url"] = "/account",
            ["studio_url"] = "/studio",
            ["upload_url"] = "/studio/upload",
            ["sign_in_url"] = page is { Status: StatusCodes.Status200OK, HasForm: false } ? LoginPage.DoorTo("/login", context.Request.Path.ToUriComponent()) : "/login",
            ["sign_out_url"] = "/logout",
            ["antiforgery_field"] = tokens?.FormFieldName,
            ["antiforgery_header"] = tokens?.HeaderName,
            ["antiforgery_token"] = tokens?.RequestToken,
        };
    }
}

/// <summary>What a page is, for its head and its layout.</summary>
/// <param name="Template">File of the theme, without its ending.</param>
/// <param name="Kind">home, watch, channel, login, register, account or error: themes style by it.</param>
internal sealed record PageHead(string Template, string Kind)
{
    public string? Title { get; init; }

    public string? Description { get; init; }

    /// <summary>The picture other sites show beside a link; null for none.</summary>
    public string? ImageUrl { get; init; }

    public string Layout { get; init; } = "default";

    public int Status { get; init; } = StatusCodes.Status200OK;

    public bool IsHiddenFromSearch { get; init; }

    /// <summary>Not the first page of a list.</summary>
    public bool IsLater { get; init; }

    /// <summary>Strangers post something from it, so it carries an antiforgery token.</summary>
    public bool HasForm { get; init; }
}
