using System.IO.Pipelines;
using Kinopress.Server.Ingest;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Server.Tests.Lives;

public sealed class PacedStreamTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Pipe _sent = new();

    [Fact]
    public async Task What_comes_is_read_at_once_until_media_comes()
    {
        using var pulse = new IngestPulse(_clock);
        await using var stream = new PacedStream(_sent.Reader.AsStream(), pulse);

        Assert.Equal(1, await SendAndReadAsync(stream, 1));
        Assert.Equal(2, await SendAndReadAsync(stream, 2));
    }

    [Fact]
    public async Task Small_pieces_are_read_together_on_the_beat()
    {
        using var pulse = new IngestPulse(_clock);
        await using var stream = new PacedStream(_sent.Reader.AsStream(), pulse) { IsPaced = true };
        Assert.Equal(1, await SendAndReadAsync(stream, 1));

        var reading = stream.ReadAsync(new byte[64], TestContext.Current.CancellationToken).AsTask();
        await SendAsync(2);
        await SendAsync(3);
        Assert.False(reading.IsCompleted);
        _clock.Advance(IngestPulse.Interval);

        Assert.Equal(5, await reading);
    }

    [Fact]
    public async Task Whoever_sends_more_than_fits_is_not_slowed()
    {
        using var pulse = new IngestPulse(_clock);
        await using var stream = new PacedStream(_sent.Reader.AsStream(), pulse) { IsPaced = true };
        await SendAsync(100);

        Assert.Equal(64, await stream.ReadAsync(new byte[64], TestContext.Current.CancellationToken));
        Assert.Equal(36, await stream.ReadAsync(new byte[64], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task All_are_woken_by_one_beat()
    {
        using var pulse = new IngestPulse(_clock);
        var first = pulse.NextAsync();
        _clock.Advance(IngestPulse.Interval / 2);
        var second = pulse.NextAsync();
        _clock.Advance(IngestPulse.Interval / 2);

        await Task.WhenAll(first, second);
        Assert.False(pulse.NextAsync().IsCompleted);
    }

    [Fact]
    public async Task Nobody_waits_for_a_beat_that_never_comes()
    {
        var pulse = new IngestPulse(_clock);
        var next = pulse.NextAsync();
        pulse.Dispose();

        await next;
        await pulse.NextAsync();
    }

    private async Task SendAsync(int count) => await _sent.Writer.WriteAsync(new byte[count], TestContext.Current.CancellationToken);

    private async Task<int> SendAndReadAsync(PacedStream stream, int count)
    {
        await SendAsync(count);
        return await stream.ReadAsync(new byte[64], TestContext.Current.CancellationToken);
    }
}
