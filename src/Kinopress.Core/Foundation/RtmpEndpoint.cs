using System.Globalization;

namespace Kinopress.Core.Foundation;

/// <summary>An address on which encoders are taken in.</summary>
/// <param name="IsEncrypted">RTMPS: RTMP inside TLS.</param>
/// <param name="Host"><see cref="AnyHost"/>, an address or a name.</param>
public sealed record RtmpEndpoint(bool IsEncrypted, string Host, int Port)
{
    /// <summary>Every network of the machine.</summary>
    public const string AnyHost = "*";

    private const int DefaultPort = 1935;
    private const int DefaultEncryptedPort = 443;

    public string Scheme => IsEncrypted ? "rtmps" : "rtmp";

    /// <summary>Null for what is not <c>rtmp://host:port</c> or <c>rtmps://host:port</c>.</summary>
    public static RtmpEndpoint? Parse(string text)
    {
        var isAny = text.Contains("://*", StringComparison.Ordinal) || text.Contains("://+", StringComparison.Ordinal);
        var parseable = isAny ? text.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal) : text;
        if (!Uri.TryCreate(parseable, UriKind.Absolute, out var address)
            || address.Scheme is not ("rtmp" or "rtmps")
            || address.Host.Length == 0
            || (isAny && address.Host != "any")
            || address.AbsolutePath is not ("" or "/")
            || address.UserInfo.Length > 0
            || address.Query.Length > 0)
        {
            return null;
        }

        var isEncrypted = address.Scheme == "rtmps";
        var port = address.Port > 0 ? address.Port : isEncrypted ? DefaultEncryptedPort : DefaultPort;
        return new RtmpEndpoint(isEncrypted, isAny ? AnyHost : address.Host, port);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{Host}:{Port}");
}
