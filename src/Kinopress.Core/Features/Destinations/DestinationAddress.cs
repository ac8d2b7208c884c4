namespace Kinopress.Core.Features.Destinations;

/// <summary>An address of an RTMP server as somebody typed it, taken apart from the key that may stand at its end.</summary>
/// <param name="Url">Without key.</param>
/// <param name="StreamKey">Null where none was given.</param>
internal sealed record DestinationAddress(string Url, string? StreamKey)
{
    public override string ToString() => Url;

    /// <param name="mistake">What is wrong with the address; null when nothing is.</param>
    /// <returns>Null with a mistake.</returns>
    public static DestinationAddress? Parse(string typed, string? streamKey, out string? mistake)
    {
        var key = string.IsNullOrWhiteSpace(streamKey) ? null : streamKey.Trim().Trim('/');
        var text = typed.Trim().TrimEnd('/');
        mistake = Mistake(text, out var address);
        if (mistake is not null || address is null)
        {
            return null;
        }

        if (key is not null)
        {
            return new DestinationAddress(text, key);
        }

        // What stands behind the application is the key: rtmp://server/app/key.
        var path = address.AbsolutePath.Trim('/');
        var slash = text.LastIndexOf('/');
        return path.Contains('/', StringComparison.Ordinal) && address.Query.Length == 0
            ? new DestinationAddress(text[..slash], text[(slash + 1)..])
            : new DestinationAddress(text, StreamKey: null);
    }

    /// <summary>
    /// Whether a key sent to one address is seen by nobody but who answers at the other: the same scheme, host and port, and an application that
    /// is written the same, since it is sent as it is written.
    /// </summary>
    public static bool IsSameServer(string one, string other) =>
        Uri.TryCreate(one, UriKind.Absolute, out var first)
        && Uri.TryCreate(other, UriKind.Absolute, out var second)
        && first.Scheme == second.Scheme
        && string.Equals(first.IdnHost, second.IdnHost, StringComparison.OrdinalIgnoreCase)
        && PortOf(first) == PortOf(second)
        && AfterScheme(one, '@') == AfterScheme(other, '@')
        && AfterScheme(one, '/') == AfterScheme(other, '/');

    /// <summary>What is written from the first such character behind the scheme on; empty without one.</summary>
    private static string AfterScheme(string address, char first) =>
        address.IndexOf(first, address.IndexOf("://", StringComparison.Ordinal) + "://".Length) is >= 0 and var start ? address[start..].TrimEnd('/') : "";

    private static int PortOf(Uri address) => address is { IsDefaultPort: false, Port: > 0 } ? address.Port : address.Scheme == "rtmps" ? 443 : 1935;

    private static string? Mistake(string text, out Uri? address)
    {
        if (text.Length is 0 or > DestinationDetails.MaxUrlLength || text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)))
        {
            address = null;
            return "Write the server's address, such as rtmps://live.example.org/app.";
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out address) || address.Scheme is not ("rtmp" or "rtmps"))
        {
            return "The address begins with rtmp:// or rtmps://.";
        }

        if (address.Host.Length == 0 || address.Port == 0)
        {
            return "The address names no server.";
        }

        if (address.UserInfo.Length > 0)
        {
            return "Names and passwords within the address are not supported.";
        }

        return address.AbsolutePath.Trim('/').Length == 0 ? "Behind the server the address has an application, such as /live2 or /app." : null;
    }
}
