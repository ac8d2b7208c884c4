using Kinopress.Core.Data.Postgres;
using Kinopress.Core.Data.Sqlite;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Core.Data;

/// <summary>Chooses the database from the boot options.</summary>
public static class DatabaseRegistration
{
    private const string MigrationsAssembly = "Kinopress.Migrations";
    private const int CommandTimeoutInSeconds = 10;

    // Not by AddDbContext: EF would keep services of its own twice, for these and for the context that prepares the database.
    public static IServiceCollection AddKinopressDatabase(this IServiceCollection services, KinopressOptions options, DataFolder folder)
    {
        if (options.Postgres is { } connectionString)
        {
            services.AddSingleton(PostgresOptions(connectionString));
            services.AddScoped<PostgresKinopressDbContext>();
            services.AddScoped<KinopressDbContext>(provider => provider.GetRequiredService<PostgresKinopressDbContext>());
            return services.AddScoped<IJobClaim, PostgresJobClaim>();
        }

        services.AddSingleton<SqliteWriterGate>();
        services.AddSingleton(SqliteOptions(folder));
        services.AddScoped<SqliteKinopressDbContext>();
        services.AddScoped<KinopressDbContext>(provider => provider.GetRequiredService<SqliteKinopressDbContext>());
        return services.AddScoped<IJobClaim, SqliteJobClaim>();
    }

    /// <summary>
    /// A context of its own, for what is done before there are services: nobody else may write yet, and nobody hears of
    /// changes. The caller disposes it.
    /// </summary>
    public static KinopressDbContext CreateContext(KinopressOptions options, DataFolder folder) => options.Postgres is { } connectionString
        ? new PostgresKinopressDbContext(PostgresOptions(connectionString), new ChangeSignal())
        : new SqliteKinopressDbContext(SqliteOptions(folder), new ChangeSignal(), new SqliteWriterGate());

    /// <summary>Closes the connections nobody uses at this moment: a start opens many side by side, and each keeps pages of the database in memory.</summary>
    public static void CloseIdleConnections() => SqliteConnection.ClearAllPools();

    public static void UseSqlite(DbContextOptionsBuilder options, string path)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = CommandTimeoutInSeconds };
        options.UseSqlite(connection.ToString(), sqlite => sqlite.MigrationsAssembly(MigrationsAssembly).CommandTimeout(CommandTimeoutInSeconds))
            .ConfigureWarnings(LeaveModelAlone)
            .AddInterceptors(new SqlitePragmas());
    }

    public static void UsePostgres(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(connectionString, postgres => postgres.MigrationsAssembly(MigrationsAssembly).CommandTimeout(CommandTimeoutInSeconds))
            .ConfigureWarnings(LeaveModelAlone);

    private static DbContextOptions<SqliteKinopressDbContext> SqliteOptions(DataFolder folder)
    {
        var sqlite = new DbContextOptionsBuilder<SqliteKinopressDbContext>();
        UseSqlite(sqlite, folder.SiteDatabase);
        return sqlite.Options;
    }

    private static DbContextOptions<PostgresKinopressDbContext> PostgresOptions(string connectionString)
    {
        var postgres = new DbContextOptionsBuilder<PostgresKinopressDbContext>();
        UsePostgres(postgres, connectionString);
        return postgres.Options;
    }

    // Before migrating, EF would build the model from the classes once more, to see whether a migration is missing. A test
    // and eng/migrate --check ask that; the first start of a site need not.
    private static void LeaveModelAlone(WarningsConfigurationBuilder warnings) => warnings.Ignore(RelationalEventId.PendingModelChangesWarning);
}
