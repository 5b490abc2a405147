// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Storage-SQLite",
    products: [
        .library(name: "SessionStorageSQLite", targets: ["SessionStorageSQLite"])
    ],
    dependencies: [
        .package(path: "../Interfaces"),
        .package(path: "../Storage"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .target(
            name: "SessionStorageSQLite",
            dependencies: [
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
        .executableTarget(
            name: "SQLiteStoreWorker",
            dependencies: [
                "SessionStorageSQLite",
                .product(name: "SessionStorage", package: "Storage"),
                .product(name: "SessionStorageConformance", package: "Storage"),
            ],
            path: "Tests/SQLiteStoreWorker",
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
        .testTarget(
            name: "SessionStorageSQLiteTests",
            dependencies: [
                "SessionStorageSQLite",
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "SessionStorage", package: "Storage"),
                .product(name: "SessionStorageConformance", package: "Storage"),
                "SQLiteStoreWorker",
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ]
)
