// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Messages",
    products: [
        .library(name: "SessionMessages", targets: ["SessionMessages"])
    ],
    dependencies: [
        .package(path: "../Interfaces"),
        .package(path: "../Crypto"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CZstd",
            pkgConfig: "libzstd",
            providers: [.apt(["libzstd-dev"])]
        ),
        .target(
            name: "SessionMessages",
            dependencies: [
                "CZstd",
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
        .testTarget(
            name: "SessionMessagesTests",
            dependencies: [
                "SessionMessages",
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ]
)
