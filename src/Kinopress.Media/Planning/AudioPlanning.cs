using Kinopress.Media.Probing;

namespace Kinopress.Media.Planning;

/// <summary>What becomes of each sound track.</summary>
internal static class AudioPlanning
{
    private const int MonoBitrate = 96_000;
    private const int StereoBitrate = 160_000;

    public static IReadOnlyList<PlannedAudio> Create(ProbedMedia media, RenditionPolicy policy)
    {
        var marked = media.Audio.FirstOrDefault(track => track.IsDefault) ?? (media.Audio is [var first, ..] ? first : null);
        return [.. media.Audio.Select((track, number) => Plan(track, number))];

        PlannedAudio Plan(AudioTrack track, int number)
        {
            var isCopy = policy.AllowCopy && CopyRules.CanCopyAudio(media, track);
            var channels = isCopy ? track.Channels : Math.Min(track.Channels, 2);
            return new PlannedAudio
            {
                Key = $"audio-{number}",
                TrackIndex = track.Index,
                IsCopy = isCopy,
                Channels = channels,
                BitrateInBitsPerSecond = isCopy && track.BitrateInBitsPerSecond is { } known
                    ? (int)Math.Min(known, int.MaxValue)
                    : channels == 1 ? MonoBitrate : StereoBitrate,
                Language = track.Language,
                Title = track.Title,
                IsDefault = ReferenceEquals(track, marked),
            };
        }
    }
}
