using Kinopress.Core.Data;
using Kinopress.Core.Data.Postgres;
using Kinopress.Core.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Kinopress.Architecture.Tests;

/// <summary>The model of SQLite that is compiled in says what the classes say. Where it does not: <c>eng/migrate --model</c>.</summary>
public sealed class CompiledModelTests
{
    [Fact]
    public void The_compiled_model_is_up_to_date()
    {
        var options = new DbContextOptionsBuilder<SqliteKinopressDbContext>();
        DatabaseRegistration.UseSqlite(options, "unused.db");
        using var db = new SqliteKinopressDbContext(options.Options, new ChangeSignal(), new SqliteWriterGate());

        Assert.Contains("CompiledModel", db.Model.GetType().FullName, StringComparison.Ordinal);
        Assert.Equal(Describe(db.GetService<IDesignTimeModel>().Model), Describe(db.Model));
    }

    [Fact]
    public void The_latest_migrations_are_known()
    {
        var sqliteOptions = new DbContextOptionsBuilder<SqliteKinopressDbContext>();
        DatabaseRegistration.UseSqlite(sqliteOptions, "unused.db");
        using var sqlite = new SqliteKinopressDbContext(sqliteOptions.Options, new ChangeSignal(), new SqliteWriterGate());
        var postgresOptions = new DbContextOptionsBuilder<PostgresKinopressDbContext>();
        DatabaseRegistration.UsePostgres(postgresOptions, "Host=localhost;Database=unused");
        using var postgres = new PostgresKinopressDbContext(postgresOptions.Options, new ChangeSignal());

        Assert.Equal(sqlite.Database.GetMigrations().Last(), sqlite.LatestMigration);
        Assert.Equal(postgres.Database.GetMigrations().Last(), postgres.LatestMigration);
    }

    private static IEnumerable<string> Describe(IModel model) => model.GetEntityTypes().OrderBy(type => type.Name, StringComparer.Ordinal).SelectMany(Describe);

    private static IEnumerable<string> Describe(IEntityType type) =>
    [
        $"{type.Name} in {type.GetTableName()}",
        .. type.GetProperties().Select(property => $"{type.Name}.{property.Name}: {property.ClrType} as {property.GetColumnType()} {property.GetColumnName()}, "
            + $"null {property.IsNullable}, length {property.GetMaxLength()}, token {property.IsConcurrencyToken}, generated {property.ValueGenerated}, converted {property.GetTypeMapping().Converter?.GetType()}"),
        .. type.GetKeys().Select(key => $"{type.Name} key {Names(key.Properties)}"),
        .. type.GetForeignKeys().Select(key => $"{type.Name} to {key.PrincipalEntityType.Name} by {Names(key.Properties)}, {key.DeleteBehavior}, required {key.IsRequired}"),
        .. type.GetNavigations().Select(navigation => $"{type.Name} navigates {navigation.Name}"),
        .. type.GetIndexes().Select(index => $"{type.Name} index {Names(index.Properties)}, unique {index.IsUnique}").Order(StringComparer.Ordinal),
    ];

    private static string Names(IEnumerable<IReadOnlyProperty> properties) => string.Join(", ", properties.Select(property => property.Name));
}
