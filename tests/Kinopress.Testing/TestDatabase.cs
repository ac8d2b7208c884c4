using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Kinopress.Testing;

/// <summary>
/// A database for each test, copied from a migrated one that is made once in a run. Thread-safe.
/// </summary>
public static class TestDatabase
{
    private static readonly Lazy<Task<string>> Fresh = new(() => MakeTemplateAsync(isSetUp: false));
    private static readonly Lazy<Task<string>> SetUp = new(() => MakeTemplateAsync(isSetUp: true));
    private static readonly SemaphoreSlim OneCopyAtATime = new(1, 1);
    private static int _made;

    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("KINOPRESS_TEST_DATABASE") == "postgres";

    /// <returns>The connection string of a PostgreSQL database; null when the data folder holds an SQLite file.</returns>
    internal static async Task<string?> PrepareAsync(string data, bool isSetUp)
    {
        var template = await (isSetUp ? SetUp : Fresh).Value;
        if (!IsPostgres)
        {
            File.Copy(template, Path.Combine(data, "site.db"));
            return null;
        }

        var name = $"test_{Interlocked.Increment(ref _made)}";
        await CreateAsync(name, template);
        return PostgresCluster.ConnectionTo(name);
    }

    internal static async Task DropAsync(string data, string? postgres)
    {
        if (postgres is null)
        {
            using var pool = new SqliteConnection($"Data Source={Path.Combine(data, "site.db")};Foreign Keys=True;Default Timeout=10");
            SqliteConnection.ClearPool(pool);
            return;
        }

        await using var connection = new NpgsqlConnection(postgres);
        NpgsqlConnection.ClearPool(connection);
        await ExecuteAsync($"DROP DATABASE {connection.Database} WITH (FORCE)");
    }

    private static async Task<string> MakeTemplateAsync(bool isSetUp)
    {
        var name = isSetUp ? "template_set_up" : "template_fresh";
        var folder = Directory.CreateTempSubdirectory("kinopress-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        string? postgres = null;
        if (IsPostgres)
        {
            await CreateAsync(name, "template0");
            postgres = PostgresCluster.ConnectionTo(name);
        }

        var options = new KinopressOptions { Data = folder, Postgres = postgres };
        await using (var app = KinopressHost.Build(options, DataFolder.Open(folder), builder => builder.Logging.ClearProviders()))
        {
            await KinopressHost.PrepareAsync(app.Services, CancellationToken.None);
            if (isSetUp)
            {
                await using var scope = app.Services.CreateAsyncScope();
                await TestPeople.MoveInAsync(scope.ServiceProvider);
            }
        }

        if (postgres is not null)
        {
            await using var connection = new NpgsqlConnection(postgres);
            NpgsqlConnection.ClearPool(connection);
            return name;
        }

        // Everything into the one file: what is in the write-ahead log would not be copied.
        var file = Path.Combine(folder, "site.db");
        SqliteConnection.ClearAllPools();
        await using var sqlite = new SqliteConnection($"Data Source={file};Pooling=False");
        await sqlite.OpenAsync();
        await using var checkpoint = sqlite.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await checkpoint.ExecuteNonQueryAsync();
        return file;
    }

    // Two copies of one template at once would refuse each other.
    private static async Task CreateAsync(string name, string template)
    {
        await OneCopyAtATime.WaitAsync();
        try
        {
            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        }
        finally
        {
            OneCopyAtATime.Release();
        }
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresCluster.ConnectionTo("postgres"));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // names made here
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
