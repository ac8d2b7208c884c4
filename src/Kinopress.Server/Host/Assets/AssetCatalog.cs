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

    private static readonly FileExtensionContentTypeProvider Types = new() { Mappings = { [".mjs"] = "text/javascript", [".vtt"] = "text/vtt" } };

    private readonly FrozenDictionary<string, Asset> _assets;

    /// <summary>
    /// Those inside the executable. They are read when somebody asks, and named by the whole executable: hashing each at the start would
    /// fill memory with what nobody asked for.
    /// </summary>
    public AssetCatalog()
        : this(EmbeddedFiles.Version[..HashLength], EmbeddedFiles.NamesUnder("assets/").ToDictionary(path => path, path => (Func<Stream>)(() => EmbeddedFiles.Open("assets/" + path)), StringComparer.Ordinal))
    {
    }

    /// <param name="files">Content by path.</param>
    public AssetCatalog(IReadOnlyDictionary<string, byte[]> files)
        : this(HashOf(files), files.ToDictionary(file => file.Key, file => (Func<Stream>)(() => new MemoryStream(file.Value, writable: false)), StringComparer.Ordinal))
    {
    }

    private AssetCatalog(string hash, Dictionary<string, Func<Stream>> readers)
    {
        Hash = hash;
        _assets = readers.ToFrozenDictionary(
            file => file.Key,
            file => new Asset(Types.TryGetContentType(file.Key, out var type) ? type : "application/octet-stream", file.Value),
            StringComparer.Ordinal);
    }

    public string Hash { get; }

    /// <summary>The address of a file: <c>css/tokens.css</c> → <c>/assets/…/css/tokens.css</c>.</summary>
    public string UrlOf(string path) => $"/assets/{Hash}/{path}";

    public Asset? Find(string path) => _assets.GetValueOrDefault(path);

    private static string HashOf(IReadOnlyDictionary<string, byte[]> files)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            all.AppendData(Encoding.UTF8.GetBytes(path));
            all.AppendData(content);
        }

        return Convert.ToHexStringLower(all.GetHashAndReset())[..HashLength];
    }
}

/// <summary>One file. Its compressed twin is made on first use and kept.</summary>
internal sealed class Asset(string contentType, Func<Stream> open)
{
    private readonly Lazy<byte[]?> _brotli = new(() => Compress(contentType, open));

    public string ContentType { get; } = contentType.StartsWith("text/", StringComparison.Ordinal) ? contentType + "; charset=utf-8" : contentType;

    public Stream Open() => open();

    /// <summary>Null when compressing does not help.</summary>
    public byte[]? Brotli => _brotli.Value;

    private static byte[]? Compress(string contentType, Func<Stream> open)
    {
        using var content = open();
        var compressible = contentType.StartsWith("text/", StringComparison.Ordinal) || contentType.Contains("svg", StringComparison.Ordinal) || contentType.Contains("json", StringComparison.Ordinal);
        if (!compressible || content.Length < 1024)
        {
            return null;
        }

        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            content.CopyTo(brotli);
        }

        return compressed.ToArray();
    }
}
