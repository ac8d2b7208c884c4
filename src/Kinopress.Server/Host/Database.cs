using System.Data.Common;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Site;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Server.Host;

/// <summary>Makes the database ready for the first request.</summary>
internal static class Database
{
    /// <summary>Needs no services, so that it can be done on another processor while they are put together.</summary>
    public static async Task PrepareAsync(KinopressOptions options, DataFolder folder, CancellationToken cancellationToken)
    {
        await using var db = DatabaseRegistration.CreateContext(options, folder);
        await PrepareAsync(db, TimeProvider.System, cancellationToken);
    }

    /// <summary>Brings it to this version's schema, and gives a new site its identity.</summary>
    public static async Task PrepareAsync(KinopressDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!await IsCurrentAsync(db, cancellationToken))
        {
            await db.Database.MigrateAsync(cancellationToken);
        }

        await new EnsureSiteExists(db, clock).RunAsync(cancellationToken);
    }

    /// <summary>True when every migration of this version has been applied. Much cheaper than asking EF to migrate.</summary>
    public static async Task<bool> IsCurrentAsync(KinopressDbContext db, CancellationToken cancellationToken)
    {
        if (!await db.Database.CanConnectAsync(cancellationToken))
        {
            return false;
        }

        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "SELECT MAX(\"MigrationId\") FROM \"__EFMigrationsHistory\"";
            return await command.ExecuteScalarAsync(cancellationToken) as string == db.LatestMigration;
        }
        catch (DbException exception) when (db.IsMissingTable(exception))
        {
            return false; // nothing was ever migrated
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
