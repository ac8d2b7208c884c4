using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Kinopress.Client;
using Kinopress.Testing;

namespace Kinopress.Server.RealTests.Support;

/// <summary>A running site, and ffmpeg that goes live on it as an encoder would.</summary>
internal sealed class LiveFilm : IAsyncDisposable
{
    private readonly RunningSite _running;
    private readonly HttpClient _http;
    private readonly int _port;
    private Process? _encoder;

    private LiveFilm(RunningSite running, HttpClient http, int port)
    {
        (_running, _http, _port) = (running, http, port);
        Client = new KinopressClient(http);
    }

    public KinopressClient Client { get; }

    public string Data => _running.Data;

    public Uri At(string path) => new(_running.Address, path);

    public Task<string> TextAsync(string path) => _http.GetStringAsync(At(path));

    public Task<byte[]> BytesAsync(string path) => _http.GetByteArrayAsync(At(path));

    public static async Task<LiveFilm> StartAsync()
    {
        var port = RunningSite.FreePort();
        var running = await RunningSite.StartAsync(data: null, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KINOPRESS__RTMPURLS"] = string.Create(CultureInfo.InvariantCulture, $"rtmp://127.0.0.1:{port}"),
            ["KINOPRESS__ALLOWPRIVATEDESTINATIONS"] = "true",
        });
        var http = new HttpClient { BaseAddress = running.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await running.SetUpAsync());
        return new LiveFilm(running, http, port);
    }

    /// <summary>H.264 at 30 pictures a second with a keyframe every two, and AAC.</summary>
    public void Encode(Live live, string size = "640x360", int seconds = 120, string bitrate = "800k", bool hasBFrames = false) => _encoder = Tools.Start(
        "ffmpeg",
        [
            "-hide_banner", "-loglevel", "error", "-nostdin", "-re", "-f", "lavfi", "-i", $"testsrc2=size={size}:rate=30", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000",
            "-t", seconds.ToString(CultureInfo.InvariantCulture), "-c:v", "libx264", "-preset", "ultrafast", "-bf", hasBFrames ? "2" : "0", "-pix_fmt", "yuv420p", "-g", "60", "-keyint_min", "60", "-sc_threshold", "0",
            "-b:v", bitrate, "-c:a", "aac", "-b:a", "96k", "-f", "flv", string.Create(CultureInfo.InvariantCulture, $"rtmp://127.0.0.1:{_port}/live/{live.Ingest?.StreamKey}"),
        ]);

    /// <summary>The encoder says goodbye.</summary>
    public async Task EndAsync()
    {
        if (_encoder is { HasExited: false })
        {
            await Tools.TerminateAsync(_encoder.Id, TimeSpan.FromSeconds(20));
        }
    }

    public async Task<Destination> UntilAsync(Guid destination, string state)
    {
        Destination? seen = null;
        await FilmSite.EventuallyAsync(async () => (seen = await Client.Destinations.GetAsync(destination)).State == state, $"a destination is {state}");
        return seen ?? throw new InvalidOperationException();
    }

    public static string PlaylistOf(Live live, string rendition = "source") => $"/media/l/public/{live.PublicId}/{rendition}/index.m3u8";

    /// <summary>Of the last whole segment; 0 before there is one.</summary>
    public async Task<long> SequenceAsync(Live live, string rendition = "source")
    {
        using var answer = await _http.GetAsync(At(PlaylistOf(live, rendition)));
        var lines = answer.IsSuccessStatusCode ? (await answer.Content.ReadAsStringAsync()).Split('\n') : [];
        var last = Array.FindLast(lines, line => line.EndsWith(".m4s", StringComparison.Ordinal) && !line.StartsWith('#'));
        return last is null ? 0 : long.Parse(Path.GetFileNameWithoutExtension(last), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (_encoder is { HasExited: false })
        {
            _encoder.Kill(entireProcessTree: true);
            await _encoder.WaitForExitAsync();
        }

        _encoder?.Dispose();
        _http.Dispose();
        await _running.DisposeAsync();
    }
}
