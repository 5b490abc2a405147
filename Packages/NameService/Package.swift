// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "NameService",
    products: [
        .library(name: "SessionNameService", targets: ["SessionNameService"])
    ],
    dependencies: [
        .package(path: "../Interfaces"),
        .package(path: "../Crypto"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CIDN2",
            pkgConfig: "libidn2",
            providers: [.apt(["libidn2-dev"])]
        ),
        .target(
            name: "SessionNameService",
            dependencies: [
                "CIDN2",
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
        .testTarget(
            name: "SessionNameServiceTests",
            dependencies: [
                "SessionNameService",
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ]
)
