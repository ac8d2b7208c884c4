using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.StaticFiles;

namespace Kinopress.Server.Host.Assets;

/// <summary>
/// Files that come with the program: scripts, styles, icons. All live under one address with a hash of everything, so they
/// may be cached for ever and still refer to each other by relative paths.
/// </summary>
internal sealed class AssetCatalog
{
    private const int HashLength = 12;

    private readonly FrozenDictionary<string, Asset> _assets;

    public AssetCatalog()
        : this(EmbeddedFiles.Under("assets/"))
    {
    }

    /// <param name="files">Content by path.</param>
    public AssetCatalog(IReadOnlyDictionary<string, byte[]> files)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            all.AppendData(Encoding.UTF8.GetBytes(path));
            all.AppendData(content);
        }

        Hash = Convert.ToHexStringLower(all.GetHashAndReset())[..HashLength];
        var types = new FileExtensionContentTypeProvider { Mappings = { [".mjs"] = "text/javascript", [".vtt"] = "text/vtt" } };
        _assets = files.ToFrozenDictionary(
            file => file.Key,
            file => new Asset(types.TryGetContentType(file.Key, out var type) ? type : "application/octet-stream", file.Value),
            StringComparer.Ordinal);
    }

    public string Hash { get; }

    /// <summary>The address of a file: <c>css/tokens.css</c> → <c>/assets/…/css/tokens.css</c>.</summary>
    public string UrlOf(string path) => $"/assets/{Hash}/{path}";

    public Asset? Find(string path) => _assets.GetValueOrDefault(path);
}

/// <summary>One file, with its compressed twin made on first use.</summary>
internal sealed class Asset(string contentType, byte[] content)
{
    private readonly Lazy<byte[]?> _brotli = new(() => Compress(contentType, content));

    public string ContentType { get; } = contentType.StartsWith("text/", StringComparison.Ordinal) ? contentType + "; charset=utf-8" : contentType;

    public byte[] Content { get; } = content;

    /// <summary>Null when compressing does not help.</summary>
    public byte[]? Brotli => _brotli.Value;

    private static byte[]? Compress(string contentType, byte[] content)
    {
        var compressible = contentType.StartsWith("text/", StringComparison.Ordinal) || contentType.Contains("svg", StringComparison.Ordinal) || contentType.Contains("json", StringComparison.Ordinal);
        if (!compressible || content.Length < 1024)
        {
            return null;
        }

        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            brotli.Write(content);
        }

        return compressed.ToArray();
    }
}
