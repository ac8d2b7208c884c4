using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Kinopress.Server.RealTests.Support;

namespace Kinopress.Server.RealTests.Lives;

/// <summary>
/// What docs/performance.md says of a live's viewers. Run by name with <c>-explicit only</c>: it judges nothing but losses, it
/// prints. The site has one processor to itself, the viewers and the encoder have the other.
/// </summary>
public sealed class LiveLoad
{
    private const int Viewers = 2000;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, long> _firstHeard = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<double> _behind = [];
    private readonly ConcurrentBag<double> _partTimes = [];
    private long _requests;
    private long _failures;
    private long _bytes;

    [Fact(Explicit = true)]
    public async Task Two_thousand_low_latency_viewers_on_one_processor()
    {
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();
        Pin(site.Films.Running.ProcessId, processor: 0);
        Pin(Environment.ProcessId, processor: 1);
        site.Push(live, new Broadcast { Seconds = 120 });
        await site.UntilSegmentAsync(live);
        using var server = Process.GetProcessById(site.Films.Running.ProcessId);
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Viewers };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };
        using var stop = new CancellationTokenSource();

        var watching = new List<Task>();
        foreach (var some in Enumerable.Range(0, Viewers).Chunk(50))
        {
            watching.AddRange(some.Select(_ => WatchAsync(http, site, live, stop.Token)));
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        await Task.Delay(TimeSpan.FromSeconds(10)); // until everybody follows and everything is compiled
        _behind.Clear();
        _partTimes.Clear();
        (_requests, _bytes) = (0, 0);
        var used = server.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await Task.Delay(Duration);
        server.Refresh();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var processor = (server.TotalProcessorTime - used).TotalSeconds / elapsed;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Viewers} viewers: {_requests / elapsed:0} requests/s, {_bytes * 8 / elapsed / 1e6:0} Mb/s, {_failures} failed; site {processor:0.00} of a processor; "
            + $"playlist behind the first viewer p50 {At(_behind, 0.5):0} ms, p99 {At(_behind, 0.99):0} ms; part p50 {At(_partTimes, 0.5):0} ms, p99 {At(_partTimes, 0.99):0} ms"));
        await stop.CancelAsync();
        await Task.WhenAll(watching);
        Assert.Equal(0, _failures);
    }

    /// <summary>As a player at the edge does: the playlist that is to come, then the part it names, again and again.</summary>
    private async Task WatchAsync(HttpClient http, LiveSite site, TestLive live, CancellationToken cancellationToken)
    {
        var query = "";
        try
        {
            while (true)
            {
                var text = await http.GetStringAsync(site.MediaOf(live, "source/index.m3u8" + query), cancellationToken);
                var heard = Stopwatch.GetTimestamp();
                if (query.Length > 0)
                {
                    _behind.Add(Stopwatch.GetElapsedTime(_firstHeard.GetOrAdd(query, heard), heard).TotalMilliseconds);
                }

                var part = text[text.LastIndexOf("#EXT-X-PART:", StringComparison.Ordinal)..];
                var bytes = await http.GetByteArrayAsync(site.MediaOf(live, "source/" + Between(part, "URI=\"", "\"")), cancellationToken);
                _partTimes.Add(Stopwatch.GetElapsedTime(heard).TotalMilliseconds);
                Interlocked.Add(ref _bytes, bytes.Length);
                Interlocked.Add(ref _requests, 2);
                var hint = Between(text[text.LastIndexOf("#EXT-X-PRELOAD-HINT", StringComparison.Ordinal)..], "URI=\"", "\"").Split('/')[^1].Split('.');
                query = $"?_HLS_msn={hint[0]}&_HLS_part={hint[1]}";
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It is over.
        }
        catch (HttpRequestException)
        {
            Interlocked.Increment(ref _failures);
        }
    }

    private static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }

    private static double At(IEnumerable<double> all, double share)
    {
        double[] sorted = [.. all.Order()];
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];
    }

    private static void Pin(int process, int processor)
    {
        using var taskset = Tools.Start("taskset", ["-a", "-p", "-c", processor.ToString(CultureInfo.InvariantCulture), process.ToString(CultureInfo.InvariantCulture)]);
        taskset.WaitForExit();
    }
}
