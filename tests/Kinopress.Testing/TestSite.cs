using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Testing;

/// <summary>
/// The real host in this process: Kestrel on a free port of 127.0.0.1, a data folder and a database of its own. SQLite,
/// or PostgreSQL where <c>KINOPRESS_TEST_DATABASE=postgres</c>. Disposing stops it and deletes both.
/// </summary>
public sealed class TestSite : IAsyncDisposable
{
    private readonly TestSiteOptions _options;
    private readonly string? _postgres;
    private HttpClient _http;
    private readonly List<IDisposable> _owned = [];
    private WebApplication _app;

    private TestSite(TestSiteOptions options, string data, string? postgres, WebApplication app)
    {
        _options = options;
        Data = data;
        _postgres = postgres;
        _app = app;
        Address = new Uri(app.Urls.First());
        _http = Stranger(Address);
    }

    public string Data { get; }

    public Uri Address { get; private set; }

    /// <summary>A stranger who follows no redirect and keeps no cookie.</summary>
    public HttpClient Http => _http;

    /// <summary>The clock of a site that was started with <see cref="TestSiteOptions.FakeClock"/>.</summary>
    public FakeTimeProvider Clock => _options.Clock ?? throw new InvalidOperationException("This site runs on the real clock.");

    public FakeProcesses Processes => _options.Processes ?? throw new InvalidOperationException("This site runs real programs.");

    public IServiceProvider Services => _app.Services;

    /// <summary>Kept until the site ends.</summary>
    public T Own<T>(T disposable)
        where T : IDisposable
    {
        _owned.Add(disposable);
        return disposable;
    }

    /// <summary>Uses a service of the product in a scope of its own, as a request would.</summary>
    public async Task<TResult> UseAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <param name="options">Null for a site that is set up, on the real clock, with scripted programs.</param>
    public static async Task<TestSite> StartAsync(TestSiteOptions? options = null)
    {
        options ??= new TestSiteOptions();
        var data = Directory.CreateTempSubdirectory("kinopress-test-").FullName;
        var postgres = await TestDatabase.PrepareAsync(data, options.IsSetUp);
        return new TestSite(options, data, postgres, await LaunchAsync(options, data, postgres));
    }

    /// <summary>Stops the host and starts it again on the same data, as an update would.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _app = await LaunchAsync(_options, Data, _postgres);
        Address = new Uri(_app.Urls.First());
        _http.Dispose();
        _http = Stranger(Address);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        foreach (var owned in _owned)
        {
            owned.Dispose();
        }

        await StopAsync();
        await TestDatabase.DropAsync(Data, _postgres);
        Directory.Delete(Data, recursive: true);
    }

    private static HttpClient Stranger(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

    private static async Task<WebApplication> LaunchAsync(TestSiteOptions options, string data, string? postgres)
    {
        var boot = new KinopressOptions { Data = data, Urls = "http://127.0.0.1:0", Postgres = postgres, ReservedDiskInBytes = 0, Encoders = 1, RtmpUrls = "none" };
        options.Configure?.Invoke(boot);
        var app = KinopressHost.Build(boot, DataFolder.Open(data), builder =>
        {
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinRequestBodyDataRate = null); // tests hold connections open on purpose
            builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, TestLifetime>()); // the test run owns the process's signals
            if (options.Clock is { } clock)
            {
                builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            }

            if (options.Processes is { } processes)
            {
                builder.Services.Replace(ServiceDescriptor.Singleton<IProcessRunner>(processes));
            }

            if (!options.RunsJobs)
            {
                foreach (var service in builder.Services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name is "JobService" or "EventService").ToList())
                {
                    builder.Services.Remove(service);
                }
            }

            options.Customise?.Invoke(builder);
        });
        await KinopressHost.PrepareAsync(app.Services, CancellationToken.None);
        await app.StartAsync();
        return app;
    }

    private async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>What kind of site a test needs.</summary>
public sealed record TestSiteOptions
{
    /// <summary>False for a fresh installation that waits for its owner.</summary>
    public bool IsSetUp { get; init; } = true;

    /// <summary>Null for the real clock.</summary>
    public FakeTimeProvider? Clock { get; init; }

    /// <summary>Null for the real ffmpeg and ffprobe.</summary>
    public FakeProcesses? Processes { get; init; } = new();

    /// <summary>False leaves jobs and events lying, so that a test runs them one by one.</summary>
    public bool RunsJobs { get; init; } = true;

    public Action<KinopressOptions>? Configure { get; init; }

    public Action<WebApplicationBuilder>? Customise { get; init; }

    /// <summary>A clock that stands at the present, rounded to the second, until a test moves it.</summary>
    public static FakeTimeProvider FakeClock()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new FakeTimeProvider(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)));
    }
}
