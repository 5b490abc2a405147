// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Storage-LMDB",
    products: [
        .library(name: "SessionStorageLMDB", targets: ["SessionStorageLMDB"])
    ],
    dependencies: [
        .package(path: "../Interfaces"),
        .package(path: "../Storage"),
    ],
    targets: [
        .systemLibrary(
            name: "CLMDB",
            pkgConfig: "lmdb",
            providers: [.apt(["liblmdb-dev"])]
        ),
        .target(
            name: "SessionStorageLMDB",
            dependencies: [
                "CLMDB",
                .product(name: "SessionInterfaces", package: "Interfaces"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
        .executableTarget(
            name: "LMDBStoreWorker",
            dependencies: [
                "SessionStorageLMDB",
                .product(name: "SessionStorage", package: "Storage"),
                .product(name: "SessionStorageConformance", package: "Storage"),
            ],
            path: "Tests/LMDBStoreWorker",
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
        .testTarget(
            name: "SessionStorageLMDBTests",
            dependencies: [
                "CLMDB",
                "SessionStorageLMDB",
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionStorage", package: "Storage"),
                .product(name: "SessionStorageConformance", package: "Storage"),
                "LMDBStoreWorker",
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ]
)
