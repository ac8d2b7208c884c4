using System.Text.Json;
using Kinopress.Server.Host.Assets;

namespace Kinopress.Server.Host.Security;

/// <summary>Marks a page that asks for camera, microphone and screen.</summary>
internal sealed record NeedsCamera;

/// <summary>What every answer tells the browser not to do.</summary>
internal static class SecurityHeaders
{
    private const string VendorManifest = "vendor/manifest.json";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        var policies = new ContentPolicies(StyleHashes(app.ApplicationServices.GetRequiredService<AssetCatalog>()));
        return app.Use((context, next) =>
        {
            // At the last moment: an answer to a failure starts by clearing every header.
            if (context.Request.Path.StartsWithSegments("/media", StringComparison.Ordinal))
            {
                context.Response.OnStarting(
                    static headers =>
                    {
                        AddToMedia((IHeaderDictionary)headers);
                        return Task.CompletedTask;
                    },
                    context.Response.Headers);
                return next(context);
            }

            var policy = policies.For(context.Request.Path);
            context.Response.OnStarting(() =>
            {
                Add(context, policy);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    /// <summary>Media is no page, and small answers should stay small.</summary>
    public static void AddToMedia(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
    }

    private static void Add(HttpContext context, string policy)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Referrer-Policy", "strict-origin-when-cross-origin");
        headers["Permissions-Policy"] = context.GetEndpoint()?.Metadata.GetMetadata<NeedsCamera>() is null
            ? "camera=(), microphone=(), geolocation=(), payment=()"
            : "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = policy;
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }

    // The player's controls bring style elements of constant text; their hashes are kept beside them.
    private static IReadOnlyList<string> StyleHashes(AssetCatalog assets)
    {
        using var content = assets.Find(VendorManifest)?.Open() ?? new MemoryStream("{}"u8.ToArray());
        using var manifest = JsonDocument.Parse(content);
        return manifest.RootElement.TryGetProperty("styleHashes", out var hashes)
            ? [.. hashes.EnumerateArray().Select(hash => hash.GetString()).OfType<string>()]
            : [];
    }

    /// <summary>Content Security Policy (W3C CSP 3): nothing inline, nothing from elsewhere.</summary>
    private sealed class ContentPolicies(IReadOnlyList<string> styleHashes)
    {
        private readonly string _page = Policy(styles: "", frameAncestors: "'self'");
        private readonly string _player = Policy(Quoted(styleHashes), frameAncestors: "'self'");
        private readonly string _embed = Policy(Quoted(styleHashes), frameAncestors: "*"); // made to stand in other people's pages

        public string For(PathString path) => path switch
        {
            _ when path.StartsWithSegments("/embed", StringComparison.OrdinalIgnoreCase) => _embed,
            _ when path.StartsWithSegments("/watch", StringComparison.Ordinal) || path.StartsWithSegments("/studio/videos", StringComparison.OrdinalIgnoreCase)
                || path.StartsWithSegments("/studio/lives", StringComparison.OrdinalIgnoreCase) => _player,
            _ => _page,
        };

        private static string Policy(string styles, string frameAncestors) =>
            $"default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
            + $"media-src 'self' blob:; manifest-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {frameAncestors}";

        private static string Quoted(IEnumerable<string> hashes) => string.Concat(hashes.Select(hash => $" '{hash}'"));
    }
}
