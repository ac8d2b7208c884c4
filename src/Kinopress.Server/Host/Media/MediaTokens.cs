using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kinopress.Core.Features.Videos;

namespace Kinopress.Server.Host.Media;

/// <summary>
/// The part of a media address that says who may fetch it. Public videos need none. Others carry an expiry and an
/// HMAC-SHA256 over it, the video, its audience and the browser session it was made for; nothing is stored. Thread-safe.
/// </summary>
internal sealed class MediaTokens(byte[] key, TimeProvider clock)
{
    /// <summary>Stands where a signature would, for videos anybody may watch.</summary>
    public const string Public = "public";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(6);

    // Addresses made within the same half hour are equal, so that browsers can cache what they fetched.
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(30);

    /// <param name="audience">What the address was allowed under; it ends when that changes.</param>
    /// <param name="sessionId">Null binds it to nobody: for callers with an access token, whose player sends no cookie.</param>
    public string Sign(string publicId, VideoAudience audience, string? sessionId)
    {
        var expires = (clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        expires -= expires % (long)Step.TotalSeconds;
        var stamp = expires.ToString(CultureInfo.InvariantCulture);
        return $"{stamp}.{(sessionId is null ? 'o' : 's')}.{Mac(publicId, stamp, audience, sessionId)}";
    }

    public bool Allows(string token, string publicId, VideoAudience audience, string? sessionId)
    {
        if (token.Length > 100 || token.Split('.') is not [var stamp, "o" or "s", var mac]
            || !long.TryParse(stamp, CultureInfo.InvariantCulture, out var expires) || expires < clock.GetUtcNow().ToUnixTimeSeconds())
        {
            return false;
        }

        var bound = token[stamp.Length + 1] == 's';
        if (bound && sessionId is null)
        {
            return false;
        }

        var expected = Mac(publicId, stamp, audience, bound ? sessionId : null);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(mac));
    }

    private string Mac(string publicId, string stamp, VideoAudience audience, string? sessionId) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{publicId}\n{stamp}\n{audience.Visibility}\n{audience.PublishedAt?.ToUnixTimeMilliseconds()}\n{sessionId}")).AsSpan(0, 18));
}
