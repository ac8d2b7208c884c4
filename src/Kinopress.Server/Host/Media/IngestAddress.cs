using System.Globalization;
using Kinopress.Core.Foundation;

namespace Kinopress.Server.Host.Media;

/// <summary>Where creators send their lives to, as they see the site.</summary>
internal sealed class IngestAddress(KinopressOptions options, IHttpContextAccessor accessor)
{
    /// <summary>The application part every encoder is asked for; the stream key comes after it.</summary>
    private const string Application = "live";

    /// <summary>The server address for an encoder; null where this site takes none in.</summary>
    public string? Find()
    {
        if (!string.IsNullOrEmpty(options.PublicRtmpUrl))
        {
            return options.PublicRtmpUrl;
        }

        if (options.RtmpEndpoints() is not [var first, ..] || accessor.HttpContext is not { Request.Host: var here })
        {
            return null;
        }

        // What listens on one network only may still be reached by the name the site has there.
        return string.Create(CultureInfo.InvariantCulture, $"{first.Scheme}://{here.Host}:{first.Port}/{Application}");
    }
}
