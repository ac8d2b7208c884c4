using Kinopress.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Kinopress.Server.Host;

/// <summary>Brings the database to this version's schema.</summary>
internal static class Database
{
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KinopressDbContext>();
        if (!await IsCurrentAsync(db, cancellationToken))
        {
            await db.Database.MigrateAsync(cancellationToken);
        }
    }

    /// <summary>True when every migration of this version has been applied. Much cheaper than asking EF to migrate.</summary>
    public static async Task<bool> IsCurrentAsync(KinopressDbContext db, CancellationToken cancellationToken)
    {
        if (!await db.Database.CanConnectAsync(cancellationToken))
        {
            return false;
        }

        var history = db.GetService<IHistoryRepository>();
        if (!await history.ExistsAsync(cancellationToken))
        {
            return false;
        }

        var applied = await history.GetAppliedMigrationsAsync(cancellationToken);
        return applied.Count > 0 && applied[^1].MigrationId == db.Database.GetMigrations().LastOrDefault();
    }

    private static T GetService<T>(this DbContext db)
        where T : class => Microsoft.EntityFrameworkCore.Infrastructure.AccessorExtensions.GetService<T>(db);
}
