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
    /// Those inside the executable. They are read when somebody asks: hashing them all at the start would keep them in memory
    /// for as long as it runs. What names them is the hash of the whole executable.
    /// </summary>
    public AssetCatalog()
        : this(EmbeddedFiles.Version[..HashLength], EmbeddedFiles.NamesUnder("assets/").ToDictionary(path => path, path => (Func<byte[]>)(() => EmbeddedFiles.Read("assets/" + path)), StringComparer.Ordinal))
    {
    }

    /// <param name="files">Content by path.</param>
    public AssetCatalog(IReadOnlyDictionary<string, byte[]> files)
        : this(HashOf(files), files.ToDictionary(file => file.Key, file => (Func<byte[]>)(() => file.Value), StringComparer.Ordinal))
    {
    }

    private AssetCatalog(string hash, Dictionary<string, Func<byte[]>> readers)
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
internal sealed class Asset(string contentType, Func<byte[]> read)
{
    private readonly Lazy<byte[]?> _brotli = new(() => Compress(contentType, read()));

    public string ContentType { get; } = contentType.StartsWith("text/", StringComparison.Ordinal) ? contentType + "; charset=utf-8" : contentType;

    public byte[] Read() => read();

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
