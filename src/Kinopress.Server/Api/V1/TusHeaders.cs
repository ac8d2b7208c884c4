using System.Text;

namespace Kinopress.Server.Api.V1;

/// <summary>The headers of tus 1.0.0 (tus.io/protocols/resumable-upload).</summary>
internal static class TusHeaders
{
    public const string Version = "1.0.0";
    public const string OffsetType = "application/offset+octet-stream";

    private const int MaxMetadataLength = 32 * 1024;

    /// <param name="maxSize">The largest upload in bytes; null when only the disk is the limit.</param>
    public static void Describe(IHeaderDictionary headers, long? maxSize)
    {
        headers["Tus-Resumable"] = Version;
        headers["Tus-Version"] = Version;
        headers["Tus-Extension"] = "creation,creation-with-upload,expiration,termination";
        if (maxSize is { } size)
        {
            headers["Tus-Max-Size"] = size.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    /// <summary><c>Upload-Metadata</c>: keys and base64 values. Null when it is malformed or absurdly long.</summary>
    public static IReadOnlyDictionary<string, string>? ParseMetadata(string? header)
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(header))
        {
            return metadata;
        }

        if (header.Length > MaxMetadataLength)
        {
            return null;
        }

        foreach (var pair in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split(' ', 2) is [var name, var encoded] ? (name, encoded.Trim()) : (pair, "");
            var bytes = new byte[value.Length];
            if (key.Length == 0 || !Convert.TryFromBase64String(value, bytes, out var length))
            {
                return null;
            }

            metadata[key] = Encoding.UTF8.GetString(bytes, 0, length);
        }

        return metadata;
    }
}
