using System.Globalization;
using System.Runtime.InteropServices;

namespace Kinopress.Media.Hls;

/// <summary>Delivery directives of a playlist request (RFC 8216bis §6.2.5).</summary>
/// <param name="MediaSequence">Answer once the playlist has this segment; null: at once.</param>
/// <param name="Part">Answer once it has this part of the segment; null: the whole segment.</param>
/// <param name="MaySkip">The client has a recent playlist and takes a delta.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LiveReload(long? MediaSequence, int? Part, bool MaySkip)
{
    /// <summary>Reads <c>_HLS_msn</c>, <c>_HLS_part</c> and <c>_HLS_skip</c>; null where the query has none.</summary>
    /// <returns>False for what is no number, or a part without a segment: a bad request.</returns>
    public static bool TryParse(string? mediaSequence, string? part, string? skip, out LiveReload reload)
    {
        reload = default;
        long? sequence = null;
        int? index = null;
        if (mediaSequence is not null)
        {
            if (!long.TryParse(mediaSequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            sequence = number;
        }

        if (part is not null)
        {
            if (sequence is null || !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            index = number;
        }

        reload = new LiveReload(sequence, index, skip is "YES" or "v2");
        return true;
    }
}

/// <summary>What to do with a playlist request.</summary>
public enum LiveReloadVerdict
{
    /// <summary>Answer with this playlist.</summary>
    Serve,

    /// <summary>Keep the request until a later playlist says <see cref="Serve"/>, at most three target durations.</summary>
    Wait,

    /// <summary>It asks for what is too far ahead: a bad request.</summary>
    Refuse,
}
