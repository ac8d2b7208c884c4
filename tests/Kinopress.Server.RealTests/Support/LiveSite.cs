using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Kinopress.Testing;
using Kinopress.Testing.Live;

namespace Kinopress.Server.RealTests.Support;

/// <summary>A running site that takes encoders in, and the encoders. All of them end with it.</summary>
internal sealed class LiveSite : IAsyncDisposable
{
    private readonly List<Process> _encoders = [];
    private readonly string _scheme;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private LiveSite(FilmSite films, int port, string scheme = "rtmp") => (Films, RtmpPort, _scheme) = (films, port, scheme);

    public FilmSite Films { get; }

    public int RtmpPort { get; }

    /// <param name="data">A folder to use and keep; null for a fresh one.</param>
    public static async Task<LiveSite> StartAsync(string? data = null)
    {
        Tools.NeedFfmpeg();
        var port = RunningSite.FreePort();
        return new LiveSite(await FilmSite.StartAsync(Environment(port), data), port);
    }

    /// <summary>One that takes encoders in by RTMPS only, with a certificate nobody vouches for.</summary>
    public static async Task<LiveSite> StartEncryptedAsync()
    {
        Tools.NeedFfmpeg();
        var port = RunningSite.FreePort();
        var folder = Directory.CreateTempSubdirectory("kinopress-");
        var (certificate, key) = (Path.Combine(folder.FullName, "site.crt"), Path.Combine(folder.FullName, "site.key"));
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=localhost", pair, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        await File.WriteAllTextAsync(certificate, made.ExportCertificatePem());
        await File.WriteAllTextAsync(key, pair.ExportPkcs8PrivateKeyPem());
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KINOPRESS__RTMPURLS"] = string.Create(CultureInfo.InvariantCulture, $"rtmps://127.0.0.1:{port}"),
            ["Kestrel__Certificates__Default__Path"] = certificate,
            ["Kestrel__Certificates__Default__KeyPath"] = key,
        };
        var site = new LiveSite(await FilmSite.StartAsync(environment, data: null), port, "rtmps");
        folder.Delete(recursive: true); // read at the start
        return site;
    }

    public static Dictionary<string, string> Environment(int port) =>
        new(StringComparer.Ordinal)
        {
            ["KINOPRESS__RTMPURLS"] = string.Create(CultureInfo.InvariantCulture, $"rtmp://127.0.0.1:{port}"),
            ["KINOPRESS__RESERVEDDISKINBYTES"] = "0", // small disks are filled to their last byte here
        };

    public async Task<TestLive> CreateAsync(bool records = true)
    {
        using var answer = await Films.PostAsync("/rest/v1/lives", new { title = "On air", visibility = "public", record = records, dvrWindowSeconds = 600 });
        answer.EnsureSuccessStatusCode();
        var live = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new TestLive(live.GetProperty("publicId").GetString() ?? "", live.GetProperty("ingest").GetProperty("streamKey").GetString() ?? "");
    }

    public string AddressOf(string streamKey) => string.Create(CultureInfo.InvariantCulture, $"{_scheme}://127.0.0.1:{RtmpPort}/live/{streamKey}");

    /// <summary>ffmpeg sends a test picture with a tone, in real time, until it is ended or its time is over.</summary>
    public Process Push(TestLive live, Broadcast? broadcast = null)
    {
        var sent = broadcast ?? new Broadcast();
        var process = Tools.Start("ffmpeg", sent.Arguments(AddressOf(live.StreamKey)));
        Drain(process);
        _encoders.Add(process);
        return process;
    }

    /// <summary>Any other program that sends.</summary>
    public Process Push(string program, params string[] arguments)
    {
        var process = Tools.Start(program, arguments);
        Drain(process);
        _encoders.Add(process);
        return process;
    }

    public async Task<JsonElement> GetAsync(TestLive live) => await Films.JsonAsync($"/rest/v1/lives/{live.PublicId}");

    public Task UntilStateAsync(TestLive live, string state, int seconds = 30) =>
        FilmSite.EventuallyAsync(async () => (await GetAsync(live)).GetProperty("state").GetString() == state, $"the live is {state}", seconds);

    /// <summary>The video it left, once there is one.</summary>
    public async Task<string> ReplayAsync(TestLive live, int seconds = 30)
    {
        var replay = "";
        await FilmSite.EventuallyAsync(
            async () => (replay = (await GetAsync(live)).GetProperty("replay").GetString() ?? "").Length > 0, "there is a replay", seconds);
        return replay;
    }

    public Uri MediaOf(TestLive live, string path) => Films.At($"/media/l/public/{live.PublicId}/{path}");

    public Task UntilPlayableAsync(TestLive live) => UntilListedAsync(live, "#EXT-X-PART:");

    public Task UntilSegmentAsync(TestLive live) => UntilListedAsync(live, "#EXTINF:");

    /// <summary>Reads the playlist as a low-latency player does, each time asking for the part that is to come, until there are so many.</summary>
    public async Task<IReadOnlyList<string>> FollowAsync(TestLive live, LivePlaylistChecker checker, int updates)
    {
        List<string> texts = [];
        var started = TimeProvider.System.GetTimestamp();
        var query = "";
        while (texts.Count < updates)
        {
            using var answer = await _http.GetAsync(MediaOf(live, "source/index.m3u8" + query));
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && query.Length > 0)
            {
                query = ""; // the encoder is silent
                continue;
            }

            Assert.True(answer.IsSuccessStatusCode, $"{query}: {text}");
            checker.Receive(TimeProvider.System.GetElapsedTime(started), text);
            texts.Add(text);
            var hint = text.Split('\n').LastOrDefault(line => line.StartsWith("#EXT-X-PRELOAD-HINT", StringComparison.Ordinal));
            if (hint is null)
            {
                break;
            }

            var name = hint.Split('/')[^1].Split('.');
            query = $"?_HLS_msn={name[0]}&_HLS_part={name[1]}";
        }

        return texts;
    }

    public async Task<HttpResponseMessage> AskAsync(TestLive live, string path) => await _http.GetAsync(MediaOf(live, path));

    public async ValueTask DisposeAsync()
    {
        foreach (var encoder in _encoders)
        {
            if (!encoder.HasExited)
            {
                encoder.Kill(entireProcessTree: true);
                await encoder.WaitForExitAsync();
            }

            encoder.Dispose();
        }

        _http.Dispose();
        await Films.DisposeAsync();
    }

    private Task UntilListedAsync(TestLive live, string tag) => FilmSite.EventuallyAsync(
        async () =>
        {
            using var answer = await _http.GetAsync(MediaOf(live, "source/index.m3u8"));
            return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains(tag, StringComparison.Ordinal);
        },
        $"the live lists {tag}",
        seconds: 30);

    private static void Drain(Process process)
    {
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }
}

/// <summary>A live and the key that opens it.</summary>
internal sealed record TestLive(string PublicId, string StreamKey);

/// <summary>What ffmpeg sends.</summary>
internal sealed record Broadcast
{
    public int Seconds { get; init; } = 60;

    public bool HasPicture { get; init; } = true;

    public bool HasSound { get; init; } = true;

    public int FramesPerSecond { get; init; } = 30;

    public int KeyframeEvery { get; init; } = 60;

    public string Size { get; init; } = "640x360";

    /// <summary>Where the encoder's clock starts, in seconds.</summary>
    public int ClockStart { get; init; }

    public IReadOnlyList<string> Arguments(string address)
    {
        var number = CultureInfo.InvariantCulture;
        List<string> arguments = ["-hide_banner", "-v", "error", "-nostdin"];
        if (HasPicture)
        {
            arguments.AddRange(["-re", "-f", "lavfi", "-i", string.Create(number, $"testsrc2=size={Size}:rate={FramesPerSecond}")]);
        }

        if (HasSound)
        {
            arguments.AddRange(["-re", "-f", "lavfi", "-i", "sine=440:sample_rate=48000"]);
        }

        arguments.AddRange(["-t", Seconds.ToString(number)]);
        if (HasPicture)
        {
            arguments.AddRange(["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p", "-b:v", "800k", "-g", KeyframeEvery.ToString(number), "-keyint_min", KeyframeEvery.ToString(number), "-sc_threshold", "0"]);
        }

        if (HasSound)
        {
            arguments.AddRange(["-c:a", "aac", "-b:a", "96k"]);
        }

        if (ClockStart > 0)
        {
            arguments.AddRange(["-output_ts_offset", ClockStart.ToString(number)]);
        }

        return [.. arguments, "-f", "flv", address];
    }
}
