using System.Diagnostics.CodeAnalysis;

namespace Kinopress.Rtmp;

/// <summary>Where to publish to: what an <c>rtmp://</c> or <c>rtmps://</c> address says.</summary>
/// <param name="Host">A name or an IP address, IPv6 without brackets.</param>
/// <param name="App">Without outer slashes; may hold slashes and a query.</param>
/// <param name="StreamKey">With its query. A secret.</param>
public sealed record RtmpTarget(string Host, int Port, bool IsTls, string App, string StreamKey)
{
    private const int MaxLength = 2048;

    /// <summary>For servers that ask for an account by Adobe's method; null when the address has none.</summary>
    public RtmpAccount? Account { get; init; }

    /// <summary>What a server's demand to log in adds to the application; empty at first.</summary>
    internal string Authentication { get; init; } = "";

    /// <summary>The application as it is asked for in <c>connect</c>.</summary>
    internal string RequestedApp => App + Authentication;

    /// <summary>The address without the key, as <c>connect</c> repeats it.</summary>
    internal string TcUrl => $"{Address}/{RequestedApp}";

    private int DefaultPort => IsTls ? 443 : 1935;

    private string Address =>
        $"{(IsTls ? "rtmps" : "rtmp")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}{(Port == DefaultPort ? "" : $":{Port}")}";

    /// <summary>Reads an address that ends in the stream key, or one for the server and the key apart, as services hand them out.</summary>
    /// <param name="address">Ports default to 1935 and 443. A user name and a password may stand before the host.</param>
    /// <param name="streamKey">Null or empty when the address ends in it.</param>
    public static bool TryParse(string? address, string? streamKey, [NotNullWhen(true)] out RtmpTarget? target, out RtmpTargetFault fault)
    {
        (target, fault) = Parse(address?.Trim() ?? "", streamKey?.Trim() ?? "");
        return target is not null;
    }

    /// <summary>Without key and account, for logs and pages.</summary>
    public override string ToString() => Address;

    private static (RtmpTarget? Target, RtmpTargetFault Fault) Parse(string address, string streamKey)
    {
        if (address.Length == 0)
        {
            return (null, RtmpTargetFault.Missing);
        }

        if (address.Length + streamKey.Length > MaxLength)
        {
            return (null, RtmpTargetFault.TooLong);
        }

        if (address.Concat(streamKey).Any(character => char.IsControl(character) || char.IsWhiteSpace(character)))
        {
            return (null, RtmpTargetFault.Malformed);
        }

        var isTls = address.StartsWith("rtmps://", StringComparison.OrdinalIgnoreCase);
        if (!isTls && !address.StartsWith("rtmp://", StringComparison.OrdinalIgnoreCase))
        {
            return (null, RtmpTargetFault.WrongScheme);
        }

        var rest = address[(isTls ? 8 : 7)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        var server = ReadServer(authority);
        if (server is not var (host, port, account))
        {
            return (null, RtmpTargetFault.WrongHost);
        }

        var (app, key) = ReadPath(slash < 0 ? "" : rest[(slash + 1)..], streamKey);
        if (app.Length == 0)
        {
            return (null, RtmpTargetFault.MissingApp);
        }

        return key.Length == 0
            ? (null, RtmpTargetFault.MissingKey)
            : (new RtmpTarget(host, port ?? (isTls ? 443 : 1935), isTls, app, key) { Account = account }, RtmpTargetFault.None);
    }

    private static (string Host, int? Port, RtmpAccount? Account)? ReadServer(string authority)
    {
        RtmpAccount? account = null;
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            var parts = authority[..at].Split(':', 2);
            account = new RtmpAccount(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
            authority = authority[(at + 1)..];
        }

        var portAt = authority.LastIndexOf(':');
        int? port = null;
        if (portAt > authority.LastIndexOf(']'))
        {
            if (!ushort.TryParse(authority[(portAt + 1)..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                return null;
            }

            port = number;
            authority = authority[..portAt];
        }

        var isBracketed = authority is ['[', .., ']'];
        var host = isBracketed ? authority[1..^1] : authority;
        var kind = Uri.CheckHostName(host);
        return kind == UriHostNameType.Unknown || isBracketed != (kind == UriHostNameType.IPv6) ? null : (host, port, account);
    }

    /// <summary>
    /// The key is the last part of the path, with its query. Where a service puts a query on the application, as in <c>live2?backup=1/key</c>,
    /// the path has one part and the query a slash.
    /// </summary>
    private static (string App, string Key) ReadPath(string path, string streamKey)
    {
        if (streamKey.Length > 0)
        {
            return (path.Trim('/'), streamKey.Trim('/'));
        }

        var query = path.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? at : path.Length;
        var slash = path[..query].TrimEnd('/').LastIndexOf('/');
        if (slash < 0)
        {
            slash = path[query..].LastIndexOf('/') is var inQuery and >= 0 ? query + inQuery : path.Length;
        }

        return (path[..slash].Trim('/'), path[slash..].TrimStart('/'));
    }
}

/// <summary>Credentials of an account at a server.</summary>
public sealed record RtmpAccount(string Name, string Password)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => Name;
}
