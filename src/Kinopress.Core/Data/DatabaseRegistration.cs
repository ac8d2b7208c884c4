using Kinopress.Core.Data.Postgres;
using Kinopress.Core.Data.Sqlite;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Core.Data;

/// <summary>Chooses the database from the boot options.</summary>
public static class DatabaseRegistration
{
    private const string MigrationsAssembly = "Kinopress.Migrations";
    private const int CommandTimeoutInSeconds = 10;

    public static IServiceCollection AddKinopressDatabase(this IServiceCollection services, KinopressOptions options, DataFolder folder)
    {
        if (options.Postgres is { } connectionString)
        {
            services.AddDbContext<KinopressDbContext, PostgresKinopressDbContext>(db => UsePostgres(db, connectionString));
            services.AddScoped(provider => (PostgresKinopressDbContext)provider.GetRequiredService<KinopressDbContext>());
            return services.AddScoped<IJobClaim, PostgresJobClaim>();
        }

        services.AddSingleton<SqliteWriterGate>();
        services.AddDbContext<KinopressDbContext, SqliteKinopressDbContext>(db => UseSqlite(db, folder.SiteDatabase));
        services.AddScoped(provider => (SqliteKinopressDbContext)provider.GetRequiredService<KinopressDbContext>());
        return services.AddScoped<IJobClaim, SqliteJobClaim>();
    }

    /// <summary>
    /// A context of its own, for what is done before there are services: nobody else may write yet, and nobody hears of
    /// changes. The caller disposes it.
    /// </summary>
    public static KinopressDbContext CreateContext(KinopressOptions options, DataFolder folder)
    {
        if (options.Postgres is { } connectionString)
        {
            var postgres = new DbContextOptionsBuilder<PostgresKinopressDbContext>();
            UsePostgres(postgres, connectionString);
            return new PostgresKinopressDbContext(postgres.Options, new ChangeSignal());
        }

        var sqlite = new DbContextOptionsBuilder<SqliteKinopressDbContext>();
        UseSqlite(sqlite, folder.SiteDatabase);
        return new SqliteKinopressDbContext(sqlite.Options, new ChangeSignal(), new SqliteWriterGate());
    }

    public static void UseSqlite(DbContextOptionsBuilder options, string path)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = CommandTimeoutInSeconds };
        options.UseSqlite(connection.ToString(), sqlite => sqlite.MigrationsAssembly(MigrationsAssembly).CommandTimeout(CommandTimeoutInSeconds))
            .AddInterceptors(new SqlitePragmas());
    }

    public static void UsePostgres(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(connectionString, postgres => postgres.MigrationsAssembly(MigrationsAssembly).CommandTimeout(CommandTimeoutInSeconds));
}
