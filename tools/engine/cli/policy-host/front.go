package main

import (
	"errors"
	"io"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
)

// front answers the one call that the program host cannot.
type front struct{ programs *grpc.ClientConn }

func (f front) handle(_ any, engine grpc.ServerStream) error {
	method, _ := grpc.MethodFromServerStream(engine)
	var request message
	if err := engine.RecvMsg(&request); err != nil {
		return err
	}
	if method == pulumirpc.LanguageRuntime_RunPlugin_FullMethodName {
		return runPolicyPack(request, engine)
	}
	return f.handOn(method, request, engine)
}

// handOn takes every call for one request and any number of answers: a language host has no other calls.
func (f front) handOn(method string, request message, engine grpc.ServerStream) error {
	ctx := engine.Context()
	if incoming, ok := metadata.FromIncomingContext(ctx); ok {
		ctx = metadata.NewOutgoingContext(ctx, incoming)
	}
	call, err := f.programs.NewStream(ctx, &grpc.StreamDesc{ServerStreams: true}, method)
	if err != nil {
		return err
	}
	if err := call.SendMsg(&request); err != nil {
		return err
	}
	if err := call.CloseSend(); err != nil {
		return err
	}
	return copyAnswers(call, engine)
}

func copyAnswers(call grpc.ClientStream, engine grpc.ServerStream) error {
	for {
		var answer message
		err := call.RecvMsg(&answer)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := engine.SendMsg(&answer); err != nil {
			return err
		}
	}
}

// message is what one side sent, as it came.
type message []byte

// unread is the codec of messages that are handed on. It calls itself proto, which is what both sides speak.
type unread struct{}

func (unread) Marshal(value any) ([]byte, error) { return *value.(*message), nil }

func (unread) Unmarshal(data []byte, value any) error {
	*value.(*message) = append(message{}, data...)
	return nil
}

func (unread) Name() string { return "proto" }
