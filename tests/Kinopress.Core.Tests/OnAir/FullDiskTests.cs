using Kinopress.Core.Features.Lives.OnAir;

namespace Kinopress.Core.Tests.OnAir;

/// <summary>A disk that takes nothing costs the recording, and neither the live nor the memory of the server.</summary>
public sealed class FullDiskTests : IAsyncDisposable
{
    private const int BytesOfSegment = 25_000;

    private readonly Station _station = new();

    public ValueTask DisposeAsync() => _station.DisposeAsync();

    [Fact]
    public async Task Memory_stays_bounded_while_nothing_can_be_recorded()
    {
        await File.WriteAllTextAsync(_station.RecordingFolder, "no folder", TestContext.Current.CancellationToken);

        Send(segments: 300);
        var source = _station.Source;
        var playlist = source.Playlist;

        Assert.InRange(source.SizeInMemory, 1, BytesOfSegment * (RenditionRecorder.MaxWaiting + 12));
        Assert.NotNull(playlist);
        Assert.InRange(playlist.LastMediaSequence - playlist.FirstMediaSequence, 12, RenditionRecorder.MaxWaiting + 12);
        Assert.All(Enumerable.Range((int)playlist.FirstMediaSequence, (int)(playlist.LastMediaSequence - playlist.FirstMediaSequence) + 1), sequence =>
        {
            var parts = source.FindSegment(sequence);
            Assert.NotNull(parts);
            Assert.All(parts, part => part.Release());
        });
        await source.CompleteRecordingAsync();
        Assert.True(source.RecordingFailed);
        Assert.Equal(1, _station.Logs.Count("live.recording_failed"));
    }

    [Fact]
    public async Task Recording_goes_on_once_the_disk_has_room_again()
    {
        await File.WriteAllTextAsync(_station.RecordingFolder, "no folder", TestContext.Current.CancellationToken);
        Send(segments: 3);
        await UntilAsync(() => _station.Logs.Count("live.recording_failed") == 1);

        File.Delete(_station.RecordingFolder);
        _station.Clock.Advance(TimeSpan.FromSeconds(30));
        Send(segments: 5);
        var chunks = await _station.Source.CompleteRecordingAsync();

        Assert.InRange(Assert.Single(chunks).Segments.Count, 3, 5);
        Assert.Equal(1, _station.Logs.Count("live.recording_failed"));
    }

    [Fact]
    public async Task A_file_that_may_not_be_written_does_not_end_the_recorder()
    {
        var inTheWay = Path.Combine(_station.RecordingFolder, "source-0000.mp4");
        Directory.CreateDirectory(inTheWay); // opened as a file, it is not allowed
        Send(segments: 2);
        await UntilAsync(() => _station.Logs.Count("live.recording_failed") == 1);

        Directory.Delete(inTheWay);
        _station.Clock.Advance(TimeSpan.FromSeconds(30));
        Send(segments: 5);

        Assert.NotEmpty(await _station.Source.CompleteRecordingAsync());
    }

    private void Send(int segments)
    {
        for (var segment = 0; segment < segments; segment++)
        {
            _station.SendSegment();
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var look = 0; !holds() && look < 1000; look++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
