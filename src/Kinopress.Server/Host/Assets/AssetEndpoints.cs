using Microsoft.Net.Http.Headers;

namespace Kinopress.Server.Host.Assets;

/// <summary>Serves the files that come with the program and with themes.</summary>
internal static class AssetEndpoints
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Short = "public, max-age=60";

    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        app.MapGet("/assets/{hash}/{**path}", (string hash, string path, AssetCatalog assets, HttpContext context) =>
            Serve(assets.Find(path), isCurrent: hash == assets.Hash, context)).ExcludeFromDescription();
        app.MapGet("/favicon.ico", (AssetCatalog assets, HttpContext context) => Serve(assets.Find("favicon.svg"), isCurrent: false, context)).ExcludeFromDescription();
    }

    /// <param name="isCurrent">False for an address of another version: the newest is served, but not kept.</param>
    public static IResult Serve(Asset? asset, bool isCurrent, HttpContext context)
    {
        if (asset is null)
        {
            return TypedResults.NotFound();
        }

        var headers = context.Response.Headers;
        headers.CacheControl = isCurrent ? Immutable : Short;
        headers.AccessControlAllowOrigin = "*";
        if (asset.Brotli is not { } brotli)
        {
            return TypedResults.Stream(asset.Open(), asset.ContentType);
        }

        headers.Vary = HeaderNames.AcceptEncoding;
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
        {
            return TypedResults.Stream(asset.Open(), asset.ContentType);
        }

        headers.ContentEncoding = "br";
        return TypedResults.Bytes(brotli, asset.ContentType);
    }
}
