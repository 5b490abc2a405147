// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Storage",
    products: [
        .library(name: "SessionStorage", targets: ["SessionStorage"]),
        .library(name: "SessionStorageConformance", targets: ["SessionStorageConformance"]),
    ],
    dependencies: [
        .package(path: "../Interfaces"),
        .package(path: "../Crypto"),
    ],
    targets: [
        .target(
            name: "SessionStorage",
            dependencies: [
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
        .target(
            name: "SessionStorageConformance",
            dependencies: [.product(name: "SessionInterfaces", package: "Interfaces")],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
        .testTarget(
            name: "SessionStorageTests",
            dependencies: [
                "SessionStorage",
                "SessionStorageConformance",
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ]
)
