using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Kinopress.Testing;
using Microsoft.Data.Sqlite;

namespace Kinopress.Server.RealTests.Support;

/// <summary>A running site with an owner, and what a client of its API does. The data folder outlives restarts and is deleted at the end.</summary>
internal sealed class FilmSite : IAsyncDisposable
{
    // An encoder is polite: beside lives, which take what they need of two processors, a short film can take minutes.
    private const int FilmDeadlineInSeconds = 300;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly bool _ownsData;

    private FilmSite(RunningSite running, bool ownsData)
    {
        Running = running;
        _ownsData = ownsData;
    }

    public RunningSite Running { get; private set; }

    public string Data => Running.Data;

    public string Uploads => Path.Combine(Data, "tmp", "uploads");

    public string Work => Path.Combine(Data, "tmp", "work");

    public string Media => Path.Combine(Data, "media");

    /// <param name="data">A folder to use and keep; null for a fresh one.</param>
    public static async Task<FilmSite> StartAsync(IReadOnlyDictionary<string, string>? environment = null, string? data = null)
    {
        var folder = data ?? Directory.CreateTempSubdirectory("kinopress-real-").FullName;
        var site = new FilmSite(await RunningSite.StartAsync(folder, environment), data is null);
        site._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await site.Running.SetUpAsync());
        site._http.DefaultRequestHeaders.Add("Tus-Resumable", "1.0.0");
        return site;
    }

    /// <summary>Kills it and starts it with other boot options, elsewhere on this machine.</summary>
    public async Task StartAgainAsync(IReadOnlyDictionary<string, string>? environment)
    {
        await Running.DisposeAsync();
        Running = await RunningSite.StartAsync(Data, environment);
    }

    public Uri At(string path) => new(Running.Address, path);

    public async Task<HttpResponseMessage> OpenAsync(long length, string fileName)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, At("/rest/v1/uploads"));
        request.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", $"filename {Base64(fileName)},visibility {Base64("public")}");
        return await _http.SendAsync(request);
    }

    /// <summary>Opens an upload that must be accepted.</summary>
    public async Task<string> OpenedAsync(long length, string fileName = "film.mp4")
    {
        using var opened = await OpenAsync(length, fileName);
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        return opened.Headers.Location!.AbsolutePath; // a created upload always has an address
    }

    public async Task<HttpResponseMessage> SendAsync(string upload, long offset, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, At(upload)) { Content = content };
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        return await _http.SendAsync(request);
    }

    public async Task<HttpResponseMessage> SendAsync(string upload, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        return await SendAsync(upload, offset: 0, content);
    }

    /// <summary>Sends the rest of a file; null when the answer named no video.</summary>
    public async Task<string?> SendRestAsync(string upload, string path, long offset)
    {
        await using var file = File.OpenRead(path);
        file.Position = offset;
        using var content = new StreamContent(file);
        using var answer = await SendAsync(upload, offset, content);
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return answer.Headers.TryGetValues("Kinopress-Video", out var ids) ? ids.Single() : null;
    }

    public async Task<long> OffsetAsync(string upload)
    {
        using var answer = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, At(upload)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return long.Parse(answer.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
    }

    /// <summary>The whole of a good film, in one go.</summary>
    public async Task<string> UploadAsync(string path, string fileName = "film.mp4") =>
        await SendRestAsync(await OpenedAsync(new FileInfo(path).Length, fileName), path, offset: 0) ?? throw new InvalidOperationException("No video was named.");

    public Task<JsonElement> VideoAsync(string publicId) => _http.GetFromJsonAsync<JsonElement>(At($"/rest/v1/videos/{publicId}"));

    public async Task<string> StateAsync(string publicId) => (await VideoAsync(publicId)).GetProperty("state").GetString() ?? "";

    public async Task UntilAsync(string publicId, string state, int seconds = FilmDeadlineInSeconds)
    {
        try
        {
            await EventuallyAsync(async () => await StateAsync(publicId) == state, $"video {state}", seconds);
        }
        catch (Xunit.Sdk.XunitException exception)
        {
            var jobs = await _http.GetStringAsync(At($"/rest/v1/videos/{publicId}/jobs"));
            throw new TimeoutException($"{exception.Message}\nIt is {await StateAsync(publicId)}. Jobs: {jobs}\nThe site's log:\n{Running.Log}", exception);
        }
    }

    public async Task<IReadOnlyList<JsonElement>> JobsAsync(string publicId) =>
        [.. (await _http.GetFromJsonAsync<JsonElement>(At($"/rest/v1/videos/{publicId}/jobs"))).GetProperty("items").EnumerateArray()];

    public Task UntilAllJobsAreDoneAsync(string publicId, int seconds = FilmDeadlineInSeconds) => EventuallyAsync(
        async () => (await JobsAsync(publicId)) is { Count: > 1 } jobs && jobs.All(job => job.GetProperty("state").GetString() == "done"), "all jobs done", seconds);

    /// <summary>True when some job of the video has this problem.</summary>
    public async Task<bool> HasProblemAsync(string publicId, string code) => (await JobsAsync(publicId)).Any(job =>
        job.GetProperty("problem") is { ValueKind: JsonValueKind.Object } problem && problem.GetProperty("code").GetString() == code);

    public async Task<string> TextAsync(string path) => await _http.GetStringAsync(At(path));

    public async Task<JsonElement> JsonAsync(string path) => await _http.GetFromJsonAsync<JsonElement>(At(path));

    public async Task<HttpResponseMessage> PostAsync<T>(string path, T body) => await _http.PostAsJsonAsync(At(path), body);

    public async Task<HttpResponseMessage> DeleteAsync(string path) => await _http.DeleteAsync(At(path));

    public async Task<HttpResponseMessage> GetAsync(string path) => await _http.GetAsync(At(path));

    public static async Task<string?> CodeOf(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
    }

    /// <summary>A connection of its own, as another program would open.</summary>
    public async Task<SqliteConnection> OpenDatabaseAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "site.db")};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public async Task<T> AskDatabaseAsync<T>(string sql)
    {
        await using var connection = await OpenDatabaseAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("No row."));
    }

    /// <summary>Waits for what comes by itself, looking often; fails when it has not come by the deadline.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what, int seconds = 60)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started).TotalSeconds < seconds, $"It did not come to this within {seconds} s: {what}.");
            await Task.Delay(Pause);
        }
    }

    public static Task EventuallyAsync(Func<bool> condition, string what, int seconds = 60) =>
        EventuallyAsync(() => Task.FromResult(condition()), what, seconds);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Running.DisposeAsync();
        if (_ownsData && Directory.Exists(Data))
        {
            Directory.Delete(Data, recursive: true);
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
