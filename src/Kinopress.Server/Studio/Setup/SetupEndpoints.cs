using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Setup;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Assets;
using Kinopress.Server.Host.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Studio.Setup;

/// <summary>The wizard of a new site.</summary>
internal static class SetupEndpoints
{
    public static void MapSetup(this RouteGroupBuilder setup)
    {
        setup.MapGet("", ShowAsync);
        setup.MapPost("", SaveAsync);
    }

    private static async Task<IResult> ShowAsync(
        string? token, HttpContext context, SetUpSite setUpSite, SiteSettings settings, AssetCatalog assets, IAntiforgery antiforgery, KinopressOptions options, CancellationToken cancellationToken)
    {
        if ((await settings.GetAsync(cancellationToken)).IsSetUp)
        {
            return TypedResults.LocalRedirect("/");
        }

        var opens = token is { Length: < 200 } && await setUpSite.OpensAsync(token, cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer"; // the address holds a secret
        return StudioPages.Show<SetupPage>(
            View(context, assets, antiforgery, options, opens ? token : null, token is not null, "", "", "", new Dictionary<string, string>(StringComparer.Ordinal)),
            opens ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> SaveAsync(
        [FromForm] string? token,
        [FromForm] string? siteName,
        [FromForm] string? ownerName,
        [FromForm] string? email,
        [FromForm] string? password,
        HttpContext context,
        SetUpSite setUpSite,
        SiteSettings settings,
        AssetCatalog assets,
        IAntiforgery antiforgery,
        KinopressOptions options,
        CancellationToken cancellationToken)
    {
        var request = new SetupRequest(siteName, new NewAccount(ownerName, email, password));
        if ((await setUpSite.RunAsync(request, token ?? "", cancellationToken)).Failed(out var failure, out var owner))
        {
            var stillOpen = token is { Length: < 200 } && await setUpSite.OpensAsync(token, cancellationToken);
            var view = View(context, assets, antiforgery, options, stillOpen ? token : null, cameByLink: true, siteName ?? "", ownerName ?? "", email ?? "", FieldsOf(failure));
            return StudioPages.Show<SetupPage>(view, Failures.StatusOf(failure));
        }

        settings.Drop();
        await Sessions.SignInAsync(context, owner);
        return TypedResults.LocalRedirect(StudioToasts.With("/studio/upload", "welcome", publicId: null));
    }

    // The use case knows the owner's fields by whose they are; the form asks only the owner.
    private static Dictionary<string, string> FieldsOf(Failure failure) =>
        failure.Fields is null
            ? new Dictionary<string, string>(StringComparer.Ordinal) { [""] = failure.Message }
            : failure.Fields.ToDictionary(
                field => field.Key switch { "ownerEmail" => "email", "ownerPassword" => "password", var other => other },
                field => field.Value,
                StringComparer.Ordinal);

    private static SetupView View(
        HttpContext context,
        AssetCatalog assets,
        IAntiforgery antiforgery,
        KinopressOptions options,
        string? token,
        bool cameByLink,
        string siteName,
        string ownerName,
        string email,
        IReadOnlyDictionary<string, string> errors)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return new SetupView(
            assets.UrlOf, tokens.FormFieldName, tokens.RequestToken ?? "", token, cameByLink, NewLinkCommand(options), siteName, ownerName, email, AccountsFeature.MinPasswordLength, errors);
    }

    /// <summary>With the folder and addresses this site was started with, where they are not what the command takes by itself.</summary>
    private static string NewLinkCommand(KinopressOptions options)
    {
        var usual = new KinopressOptions();
        var data = options.Data == usual.Data ? "" : $" --data {Quoted(options.Data)}";
        var urls = options.Urls == usual.Urls ? "" : $" --urls {Quoted(options.Urls)}";
        return $"./kinopress setup-link{data}{urls}";
    }

    private static string Quoted(string value) => value.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-:~".Contains(letter, StringComparison.Ordinal)) ? value : $"'{value}'";
}
