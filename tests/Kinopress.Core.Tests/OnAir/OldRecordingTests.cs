namespace Kinopress.Core.Tests.OnAir;

/// <summary>The disk of a live that keeps nothing but its window.</summary>
public sealed class OldRecordingTests : IAsyncDisposable
{
    private readonly Station _station = new(dvrWindowInSeconds: 60);

    public ValueTask DisposeAsync() => _station.DisposeAsync();

    [Fact]
    public async Task Files_that_left_the_window_are_deleted()
    {
        for (var segment = 0; segment < 700; segment++)
        {
            _station.SendSegment();
            while (segment % 16 == 15 && _station.Source.Playlist is { LastMediaSequence: var last } && _station.Source.FindFile(last - 1) is null)
            {
                await Task.Yield(); // the recorder takes so many at a time
            }
        }

        await _station.Source.CompleteRecordingAsync();
        var before = Files();
        _station.Source.DeleteOld();

        Assert.True(Files() < before);
        Assert.NotEqual(0, Files());
    }

    private int Files() => Directory.EnumerateFiles(_station.RecordingFolder, "*.mp4").Count();
}
