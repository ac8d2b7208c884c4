using System.Data.Common;
using System.Net;

namespace Kinopress.Core.Foundation;

/// <summary>
/// Boot options: what must be known before the database is open. Flags over environment (<c>KINOPRESS__…</c>) over
/// <c>kinopress.json</c> over these defaults; described in docs/configuration.md. Everything else is a site setting.
/// </summary>
public sealed class KinopressOptions
{
    /// <summary>The data folder. Relative paths start at the working directory.</summary>
    public string Data { get; set; } = "./kinopress-data";

    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    public string Urls { get; set; } = "http://*:8080";

    /// <summary>Addresses on which encoders are taken in by RTMP or RTMPS, separated by semicolons. Empty or <c>none</c>: on none.</summary>
    public string RtmpUrls { get; set; } = "rtmp://*:1935";

    /// <summary>
    /// What creators are told to send to, where that is not this host and the port of the first of <see cref="RtmpUrls"/>:
    /// behind a proxy, say. Null means just that.
    /// </summary>
    public string? PublicRtmpUrl { get; set; }

    /// <summary>Lives may be passed on to servers in private networks and on this machine.</summary>
    public bool AllowPrivateDestinations { get; set; }

    /// <summary>A PostgreSQL connection string; null means SQLite in the data folder.</summary>
    public string? Postgres { get; set; }

    /// <summary>A Redis configuration such as <c>localhost:6379</c>, through which several nodes share their chats; null for one node.</summary>
    public string? Redis { get; set; }

    /// <summary>The largest upload in bytes. 0 means as much as the disk holds.</summary>
    public long MaxUploadSizeInBytes { get; set; }

    /// <summary>Free disk in bytes that uploads leave untouched.</summary>
    public long ReservedDiskInBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>ffmpeg and ffprobe: names on PATH or paths.</summary>
    public string Ffmpeg { get; set; } = "ffmpeg";

    public string Ffprobe { get; set; } = "ffprobe";

    /// <summary>How many encoders run at once; 0 means one for every two processors.</summary>
    public int Encoders { get; set; }

    /// <summary>Proxies whose X-Forwarded-* headers are believed: addresses or CIDR ranges, separated by commas. Loopback always is.</summary>
    public string? TrustedProxies { get; set; }

    public IReadOnlyList<string> TrustedProxyList() =>
        (TrustedProxies ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>In the order given; empty when encoders are taken in nowhere. Only of options that passed <see cref="Validate"/>.</summary>
    public IReadOnlyList<RtmpEndpoint> RtmpEndpoints() => [.. RtmpUrlList().Select(RtmpEndpoint.Parse).OfType<RtmpEndpoint>()];

    /// <summary>Every mistake at once, each naming its option; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> mistakes = [];
        if (string.IsNullOrWhiteSpace(Data))
        {
            mistakes.Add("data: name a folder.");
        }

        if (MaxUploadSizeInBytes < 0)
        {
            mistakes.Add("maxUploadSizeInBytes: 0 or more.");
        }

        if (ReservedDiskInBytes < 0)
        {
            mistakes.Add("reservedDiskInBytes: 0 or more.");
        }

        if (Encoders is < 0 or > 256)
        {
            mistakes.Add("encoders: from 0 to 256.");
        }

        foreach (var proxy in TrustedProxyList().Where(proxy => !IPNetwork.TryParse(proxy, out _) && !IPAddress.TryParse(proxy, out _)))
        {
            mistakes.Add($"trustedProxies: '{proxy}' is neither an address nor a range such as 10.0.0.0/8.");
        }

        if (Postgres is not null && !IsConnectionString(Postgres))
        {
            mistakes.Add("postgres: this is not a connection string such as Host=localhost;Database=kinopress;Username=kinopress.");
        }

        foreach (var url in Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parseable = url.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal);
            if (!Uri.TryCreate(parseable, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                mistakes.Add($"urls: '{url}' is not an http or https address.");
            }
        }

        foreach (var url in RtmpUrlList().Where(url => RtmpEndpoint.Parse(url) is null))
        {
            mistakes.Add($"rtmpUrls: '{url}' is not an address such as rtmp://*:1935 or rtmps://*:1936.");
        }

        if (!string.IsNullOrEmpty(PublicRtmpUrl) && (!Uri.TryCreate(PublicRtmpUrl, UriKind.Absolute, out var shown) || shown.Scheme is not ("rtmp" or "rtmps")))
        {
            mistakes.Add("publicRtmpUrl: this is not an address such as rtmp://live.example.org/live.");
        }

        return mistakes;
    }

    private string[] RtmpUrlList() => RtmpUrls.Trim().Equals("none", StringComparison.OrdinalIgnoreCase)
        ? []
        : RtmpUrls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text }.ContainsKey("Host");
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
