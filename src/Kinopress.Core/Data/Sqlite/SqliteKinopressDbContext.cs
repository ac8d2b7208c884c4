using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Kinopress.Core.Data.Sqlite;

/// <summary>The site's database in one file. Reads go in parallel; writes pass the <see cref="SqliteWriterGate"/> one by one.</summary>
public sealed class SqliteKinopressDbContext(DbContextOptions<SqliteKinopressDbContext> options, ChangeSignal changes, SqliteWriterGate gate)
    : KinopressDbContext(options, changes)
{
    public override string LatestMigration => LatestMigrations.Sqlite;

    public override async Task<int> WriteAsync(Func<CancellationToken, Task<int>> statement, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        return await statement(cancellationToken);
    }

    protected override Task<int> CommitAsync(Saving saving, CancellationToken cancellationToken) => WriteAsync(saving.RunAsync, cancellationToken);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);

        // SQLite has no time type; as integers, moments compare and sort in SQL.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicroseconds>();
    }

    internal sealed class UnixMicroseconds() : ValueConverter<DateTimeOffset, long>(
        moment => (moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond,
        value => new DateTimeOffset((value * TimeSpan.TicksPerMicrosecond) + DateTimeOffset.UnixEpoch.UtcTicks, TimeSpan.Zero));
}
