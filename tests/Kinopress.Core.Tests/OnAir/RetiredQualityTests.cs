using System.Buffers;
using System.Text;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Media.Live;

namespace Kinopress.Core.Tests.OnAir;

/// <summary>A smaller quality that nobody makes any more.</summary>
public sealed class RetiredQualityTests : IAsyncDisposable
{
    private readonly Station _station = new();
    private readonly BroadcastRendition _small;

    public RetiredQualityTests()
    {
        _small = _station.Source.AddFollower("360", 800_000);
        _small.BeginEncoder(Filler.Tracks.Video ?? throw new InvalidOperationException("The film has no picture."));
        Send(segments: 4);
    }

    public ValueTask DisposeAsync() => _station.DisposeAsync();

    [Fact]
    public void It_is_not_on_offer_any_more_and_answers_who_is_on_it()
    {
        _station.Source.Retire(_small);
        _station.SendSegment();

        Assert.Equal(["source"], _station.Source.Offered.Select(rendition => rendition.Key));
        Assert.Equal(["source", "360"], _station.Source.All.Select(rendition => rendition.Key));
        Assert.True(_small.Playlist?.IsEnded);
        Assert.DoesNotContain("../360/", Text(_station.Source.Playlist), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_playlist_ends_with_what_it_had_and_without_gaps()
    {
        _station.Source.Retire(_small);
        Send(segments: 3);

        Assert.DoesNotContain("#EXT-X-GAP", Text(_small.Playlist), StringComparison.Ordinal);
        Assert.EndsWith("#EXT-X-ENDLIST\n", Text(_small.Playlist), StringComparison.Ordinal);
        Assert.True(_small.Playlist?.LastMediaSequence < _station.Source.Playlist?.LastMediaSequence);
    }

    [Fact]
    public void Before_that_it_is_on_offer_and_reported()
    {
        Assert.Equal(["source", "360"], _station.Source.Offered.Select(rendition => rendition.Key));
        Assert.Contains("../360/index.m3u8", Text(_station.Source.Playlist), StringComparison.Ordinal);
    }

    private void Send(int segments)
    {
        for (var segment = 0; segment < segments; segment++)
        {
            _station.SendSegment(unit => _small.AppendEncoded(unit with { Track = LiveTrack.Video }));
        }
    }

    private static string Text(Kinopress.Media.Hls.LivePlaylist? playlist) => Encoding.UTF8.GetString(playlist?.Full.ToArray() ?? []);
}
